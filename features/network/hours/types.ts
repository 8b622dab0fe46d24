/** A span of one weekday (1 is Monday) in the network's zone. One that closes at or before its opening runs into the next day. */
export type Span = { readonly weekday: number; readonly opens: Temporal.PlainTime; readonly closes: Temporal.PlainTime };

/** A day that differs: closed, or open in this span instead of the usual ones. */
export type Exception = { readonly onDay: Temporal.PlainDate; readonly hours: { readonly opens: Temporal.PlainTime; readonly closes: Temporal.PlainTime } | undefined };

export type Opening = { readonly hours: readonly Span[]; readonly exceptions: readonly Exception[]; readonly zone: string };
