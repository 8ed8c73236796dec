import type { Logger } from '../../telemetry/log.ts';
import { DAY_MS } from '../../util/durations.ts';
import type { Fact } from '../fact.ts';
import type { EdgarClient } from './client.ts';
import { EdgarError } from './edgar-error.ts';
import type { Filer } from './filer.ts';
import { releaseSource } from './publication.ts';
import type { Release } from './releases.ts';

/** The exhibit is looked up for a release that is not older; others are cited by their primary document. */
const MAX_EXHIBIT_AGE_MS = 60 * DAY_MS;

/** Cites the exhibits of new releases; without a readable index their primary document stays. */
export const citeExhibits = async (
  facts: readonly Fact[],
  company: Filer,
  releases: readonly Release[],
  { client, now, log }: { readonly client: EdgarClient; readonly now: number; readonly log: Logger },
): Promise<readonly Fact[]> => {
  let cited = facts;
  for (const release of releases) {
    const { filing } = release;
    const plain = releaseSource(company, release);
    const isCited = ({ source }: Fact): boolean => source.url === plain.url && source.title === plain.title;
    if (now - filing.accepted.at > MAX_EXHIBIT_AGE_MS || !facts.some(isCited)) continue;
    const exhibit = await client.document(company.cik, filing.accession, 'EX-99.1').catch((error: unknown) => {
      if (!(error instanceof EdgarError)) throw error;
      log.info({ subject: company.subject, reason: error.message }, 'The index of a release cannot be read');
      return undefined;
    });
    if (exhibit === undefined) continue;
    const source = releaseSource(company, release, exhibit);
    cited = cited.map((fact) => (isCited(fact) ? { ...fact, source } : fact));
  }
  return cited;
};
