/** An answer that EDGAR may later confirm with HTTP 304. */
export interface CachedAnswer {
  readonly body: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Stores answers between polls, by path. A lost answer is downloaded again. */
export interface EdgarCache {
  get(path: string): Promise<CachedAnswer | undefined>;
  set(path: string, answer: CachedAnswer): Promise<void>;
}

/** Keeps everything in memory: about 2 MB for the seven companies. */
export const createMemoryCache = (): EdgarCache => {
  const answers = new Map<string, CachedAnswer>();
  return {
    get: async (path) => answers.get(path),
    set: async (path, answer) => {
      answers.set(path, answer);
    },
  };
};
