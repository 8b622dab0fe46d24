/** Opens each room once, however many come to its door at the same time: who asks while it is being opened waits for the same room. */
export function onceEach(): (room: string, open: () => Promise<void>) => Promise<void> {
  const opening = new Map<string, Promise<void>>();
  return (room, open) => {
    const underWay = opening.get(room) ?? open().finally(() => opening.delete(room));
    opening.set(room, underWay);
    return underWay;
  };
}
