import type { Logger } from '../../telemetry/log.ts';
import type { FiledFacts, OpenFigure } from './filed-facts.ts';
import type { FiledMetric, Filer } from './filer.ts';
import { documentUrl } from './publication.ts';
import type { FiguresRead, Lacking } from './read-figures.ts';
import type { ListedFiling } from './submissions.ts';

/** Whose figures are noted, and where. */
export interface Noting {
  readonly filed: FiledFacts;
  readonly company: Filer;
  readonly log: Logger;
}

/** What a report lacks or has wrong. Names in the log what was not noted before. */
export const openFigures = async (
  read: FiguresRead,
  report: ListedFiling,
  { missing, lost }: Lacking,
  { company, filed, log }: Noting,
): Promise<OpenFigure[]> => {
  const { subject, figures } = company;
  const noted = await filed.open(subject);
  const isNoted = (state: OpenFigure['state'], metric: FiledMetric): boolean =>
    noted.some((it) => it.state === state && it.state !== 'released' && it.metric === metric);
  const fields = { subject, accession: report.accession, filed: report.filed };
  if (missing.some((metric) => !isNoted('awaited', metric)))
    log.warn({ ...fields, metrics: missing }, 'A report is listed, but lacks figures; still waiting');
  for (const metric of lost.filter((it) => !isNoted('lost', it)))
    log.warn(
      { ...fields, metric, tags: figures[metric]?.tags.map(({ tag }) => tag) },
      'Two reports in a row lack a figure; its tag may have changed, see config/companies.yaml',
    );
  const open: Exclude<OpenFigure, { readonly state: 'released' }>[] = [
    ...missing.map((metric) => ({ state: 'awaited', metric, filed: report.filed }) as const),
    ...lost.map((metric) => ({ state: 'lost', metric, filed: report.filed }) as const),
  ];
  for (const { metric, row, before } of read.held) {
    if (row.accession !== report.accession || open.some((it) => it.metric === metric)) continue;
    open.push({ state: 'held', metric, filed: report.filed });
    if (isNoted('held', metric)) continue;
    const { value, start, end } = row;
    log.warn(
      { ...fields, metric, value, start, end, ...(before && { before: before.value }) },
      'A figure in a filing cannot be right; held back until it is corrected',
    );
  }
  return open;
};

/** Notes that a quarter's results are out without its figures, which the log says once; or that nothing is awaited. */
export const noteReleased = async (
  filing: ListedFiling | undefined,
  { company: { subject, cik }, filed, log }: Noting,
): Promise<OpenFigure[]> => {
  const noted = await filed.open(subject);
  if (!filing) {
    if (noted.length > 0) await filed.note(subject, []);
    return [];
  }
  const open: OpenFigure[] = [{ state: 'released', at: filing.accepted.at }];
  if (noted.some((it) => it.state === 'released' && it.at === filing.accepted.at)) return open;
  const others = noted.filter(({ state }) => state !== 'released');
  await filed.note(subject, [...others, ...open]);
  log.info(
    { subject, form: filing.form, at: new Date(filing.accepted.at).toISOString(), document: documentUrl(cik, filing) },
    "Results are out, and the figures are not in the filings' data yet; waiting for them",
  );
  return open;
};
