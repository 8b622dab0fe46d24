/** What others may listen to. */
export const topics = {
  /** Listings were made anew: kept pages and shards look again. */
  listings: "directory/listings",
  /** The verification desk has something new. */
  tending: "directory/tending",
} as const;
