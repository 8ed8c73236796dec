/** The number of a page from 1 to `pages`; undefined for anything else. */
export const readPage = (typed: string, pages: number): number | undefined => {
  const page = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return page >= 1 && page <= pages ? page : undefined;
};
