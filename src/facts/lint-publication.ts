import { addDays } from '../util/day.ts';
import { type Accession, accessionIn } from './accession.ts';
import type { Fact } from './fact.ts';
import type { FactFault } from './fact-fault.ts';
import { CLOSING_BELL } from './known-from.ts';
import { isActual, kindOf } from './metric.ts';
import type { PlacedFact } from './parse-fact-file.ts';
import { isQuarter } from './period.ts';

/** Companies report within 100 days of a period's end. */
const MAX_DAYS_TO_REPORT = 100;

const dayOf = ({ subject, published }: Fact): string => `${subject} ${published}`;

/** A 10-Q or 10-K comes when it is ready; a release comes in the evening. */
const isReport = ({ source }: Fact): boolean => /\b10-[QK]\b/.test(source.title);

const isPress = ({ basis }: Fact): boolean => basis === 'press_estimate' || basis === 'press_report';

/** Whether a fact is a quarter's figure of a company's release, which comes in the evening. */
export const isOfRelease = (fact: Fact): boolean =>
  kindOf(fact.metric) === 'flow' && isQuarter(fact.period) && !isReport(fact) && !isPress(fact);

/** Whether a fact shows that its company released results after the close of that day. */
const isOfEvening = (fact: Fact): boolean => {
  const from = fact.time ?? fact.knownBy;
  if (from !== undefined) return from >= CLOSING_BELL;
  return isOfRelease(fact);
};

/**
 * On an evening on which a company released results, everything that it published needs a minute or a bound: without
 * one it would count from the close, before the release.
 */
export const eveningsAreTimed = (placed: readonly PlacedFact[]): FactFault[] => {
  const evenings = new Set(placed.filter(({ fact }) => isOfEvening(fact)).map(({ fact }) => dayOf(fact)));
  return placed
    .filter(({ fact }) => fact.time === undefined && fact.knownBy === undefined && evenings.has(dayOf(fact)))
    .map(({ fact, file, line }) => ({
      file,
      line,
      message: `published on the evening of results, ${fact.published}, but it would count from the close; give \`released\` at its source, or \`known_by\`: 16:30 for a release, 17:30 for a call`,
    }));
};

/** An actual is told within 100 days of its period, unless it restates one; else the day, or the period, is wrong. */
export const actualsAreInTime = (placed: readonly PlacedFact[]): FactFault[] =>
  placed
    .filter(({ fact }) => isActual(fact.metric) && fact.supersedes === undefined && fact.note === undefined)
    .filter(({ fact }) => fact.published > addDays(fact.period.end, MAX_DAYS_TO_REPORT))
    .map(({ fact, file, line }) => ({
      file,
      line,
      message: `published ${fact.published}, more than ${MAX_DAYS_TO_REPORT} days after the period ended on ${fact.period.end}; give the day on which it was first told, or explain it in a note`,
    }));

interface Cited {
  readonly placed: PlacedFact;
  readonly accession: Accession;
}

/** The numbers of one filer grow: what cites a later one than a figure of a later day does is older than its source. */
const outOfOrder = (cited: readonly Cited[]): FactFault[] => {
  const byPlace = cited.toSorted((a, b) => (a.accession.place < b.accession.place ? -1 : 1));
  const faults: FactFault[] = [];
  let newest = byPlace[0];
  for (const it of byPlace) {
    const { file, line, fact } = it.placed;
    const isLater = newest && it.accession.place > newest.accession.place;
    if (newest && isLater && fact.published < newest.placed.fact.published)
      faults.push({
        file,
        line,
        message: `published ${fact.published}, but its source ${it.accession.text} was filed after ${newest.accession.text}, of ${newest.placed.fact.published}; cite the document of that day`,
      });
    else if (!newest || fact.published > newest.placed.fact.published) newest = it;
  }
  return faults;
};

/** A figure cannot come from a filing that did not exist yet. */
export const sourcesAreThere = (placed: readonly PlacedFact[]): FactFault[] => {
  const cited = placed.flatMap((it): Cited[] => {
    const accession = accessionIn(it.fact.source.url);
    return accession ? [{ placed: it, accession }] : [];
  });
  const isLater = ({ placed: { fact }, accession }: Cited): boolean => fact.published.slice(2, 4) < accession.year;
  const groups = Map.groupBy(
    cited.filter((it) => !isLater(it)),
    ({ placed: { fact }, accession: { filer, year } }) => `${fact.subject} ${filer} ${year}`,
  );
  return [
    ...cited.filter(isLater).map(({ placed: { fact, file, line }, accession }) => ({
      file,
      line,
      message: `published ${fact.published}, but its source ${accession.text} is a filing of 20${accession.year}; cite the document of that day`,
    })),
    ...[...groups.values()].flatMap(outOfOrder),
  ];
};

/** A document comes out once: figures that count from its minute are all of its day. */
export const minutesAreOfOneDay = (placed: readonly PlacedFact[]): FactFault[] => {
  const timed = placed.filter(({ fact }) => fact.time !== undefined);
  const groups = Map.groupBy(timed, ({ fact }) => `${fact.subject} ${fact.source.url} ${fact.time}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    others
      .filter(({ fact }) => fact.published !== first?.fact.published)
      .map(({ fact, file, line }) => ({
        file,
        line,
        message: `counts from ${fact.time} of ${fact.published}, but the same document came out at that time on ${first?.fact.published}; correct the day, or give the fact a time of its own`,
      })),
  );
};
