/** An answer that EDGAR may later call unchanged. */
export interface CachedAnswer {
  readonly body: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Where answers are kept between polls, by path. Losing one costs a download, nothing else. */
export interface EdgarCache {
  get(path: string): Promise<CachedAnswer | undefined>;
  set(path: string, answer: CachedAnswer): Promise<void>;
}

/** Keeps everything until the process ends: two megabytes or so for the seven companies. */
export const createMemoryCache = (): EdgarCache => {
  const answers = new Map<string, CachedAnswer>();
  return {
    get: async (path) => answers.get(path),
    set: async (path, answer) => {
      answers.set(path, answer);
    },
  };
};
