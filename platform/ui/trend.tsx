/** A line from left to right, between 0 and 100; `label` says in words what it shows. Gaps are where nothing was counted. */
export function Trend({ points, label }: { readonly points: readonly (number | undefined)[]; readonly label: string }) {
  const [width, height] = [600, 120];
  const x = (at: number) => (points.length < 2 ? width / 2 : (at * width) / (points.length - 1));
  const y = (percent: number) => height - (percent * height) / 100;
  const lines = points.reduce<string[][]>((some, percent, at) => {
    if (percent === undefined) some.push([]);
    else some.at(-1)?.push(`${x(at).toFixed(1)},${y(percent).toFixed(1)}`);
    return some;
  }, [[]]);
  return (
    <svg class="rounded-box bg-base-100 w-full" viewBox={`-8 -12 ${width + 16} ${height + 24}`} role="img" aria-label={label}>
      {[0, 50, 100].map((percent) => (
        <line key={percent} class="trend-rule" x1="0" x2={width} y1={y(percent)} y2={y(percent)} />
      ))}
      {lines.map((line, at) => (line.length > 1 ? <polyline key={at} class="trend-line" points={line.join(" ")} /> : null))}
      {lines.flatMap((line) => line.at(-1) ?? []).map((point) => (
        <circle key={point} class="trend-dot" cx={point.split(",")[0]} cy={point.split(",")[1]} r="6" />
      ))}
    </svg>
  );
}
