/** How the program is called and drawn on a home screen; `quiet` is for a phone that others look at. */
export function manifest({ quiet }: { quiet: boolean }): string {
  const name = quiet ? "Notes" : "Small Hours";
  return JSON.stringify({
    name,
    short_name: name,
    id: "/",
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    background_color: "#12181B",
    theme_color: "#12181B",
    icons: [{ src: quiet ? "/notes.svg" : "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  });
}

/** One lit window in a dark house; or, quiet, a sheet with lines. */
export function icon({ quiet }: { quiet: boolean }): string {
  const drawing = quiet
    ? '<rect width="64" height="64" rx="14" fill="#5B6B73"/><path d="M18 22h28M18 32h28M18 42h18" stroke="#fff" stroke-width="4" stroke-linecap="round"/>'
    : '<rect width="64" height="64" rx="14" fill="#12181B"/><path d="M10 64V28L32 10l22 18v36z" fill="#22343D"/><rect x="23" y="30" width="18" height="22" rx="2" fill="#FFC24B"/><path d="M32 30v22M23 41h18" stroke="#22343D" stroke-width="2.5"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${drawing}</svg>`;
}

/** Open pages may be found; what belongs to a person stands behind a token or a sign-in anyway. */
export const robots = "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /understand\nDisallow: /\n";
