/** The path of a nats-server on PATH; undefined where there is none. */
export function findNats(): string | undefined;
/** The same, and on Debian as root its package is installed first if need be. */
export function bringNats(): string | undefined;
