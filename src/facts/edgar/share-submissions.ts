import type { EdgarClient } from './client.ts';

/** The same client, for one round: a company's list of filings is asked for once, and again only after a failure. */
export const shareSubmissions = (client: EdgarClient): EdgarClient => {
  const asked = new Map<number, ReturnType<EdgarClient['submissions']>>();
  return {
    ...client,
    submissions: (cik) => {
      const found = asked.get(cik);
      if (found) return found;
      const asking = client.submissions(cik);
      asked.set(cik, asking);
      asking.catch(() => asked.delete(cik));
      return asking;
    },
  };
};
