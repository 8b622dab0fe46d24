// The package carries no types. This is what the test's mail server uses of it.
declare module "smtp-server" {
  import type { AddressInfo, Server } from "node:net";
  import type { Readable } from "node:stream";

  type Session = { readonly envelope: { readonly mailFrom: { readonly address: string } | false; readonly rcptTo: readonly { readonly address: string }[] } };
  type Auth = { readonly username?: string; readonly password?: string };

  export class SMTPServer {
    constructor(options: {
      authOptional?: boolean;
      allowInsecureAuth?: boolean;
      disabledCommands?: string[];
      onAuth?: (auth: Auth, session: Session, done: (error: Error | null, answer?: { user: string }) => void) => void;
      onRcptTo?: (address: { readonly address: string }, session: Session, done: (error?: Error) => void) => void;
      onData?: (stream: Readable, session: Session, done: (error?: Error) => void) => void;
    });
    readonly server: Omit<Server, "address"> & { address(): AddressInfo };
    listen(port: number, host: string, listening: () => void): void;
    close(closed: () => void): void;
  }
}
