declare module "@hotwired/turbo" {
  export const session: { drive: boolean };
  export const config: { forms: { mode: "on" | "off" | "optin" } };
  export function renderStreamMessage(html: string): void;
}
