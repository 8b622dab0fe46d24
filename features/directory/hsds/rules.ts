/** An absolute address as RFC 3986 writes it, as the standard asks (JSON Schema format "uri"). The few that begin strangely, or name a machine by its number in brackets, are not taken. */
export const isUri = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:(?:\/\/)?[a-z0-9](?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*(?:#(?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i.test(text) && URL.canParse(text) && !/^(javascript|data|vbscript):/i.test(text);
