declare module "@hotwired/turbo" {
  export const session: { drive: boolean; streamMessageRenderer: { render(message: { fragment: DocumentFragment }): void } };
  export const config: { forms: { mode: "on" | "off" | "optin"; submitter: "disabled" | "aria-disabled" } };
}
