import type { z } from 'zod';
import { issuePath } from '../util/read-config.ts';
import { readYaml, type Yaml, YamlError } from '../util/yaml.ts';
import { type Fact, factId } from './fact.ts';
import type { FactFault } from './fact-fault.ts';
import {
  type FactFileContent,
  type FactFileSource,
  type FactRow,
  type FactSeries,
  factFileSchema,
} from './fact-file-schema.ts';
import { isActual, kindOf } from './metric.ts';

/** The text of one fact file. */
export interface FactFile {
  readonly file: string;
  readonly text: string;
}

/** A fact and its position in the files. */
export interface PlacedFact {
  readonly fact: Fact;
  readonly file: string;
  readonly line: number;
}

export interface ParsedFacts {
  readonly facts: readonly PlacedFact[];
  readonly faults: readonly FactFault[];
}

const phrase = (issue: z.core.$ZodIssue): string => {
  const at = issue.path.at(-1);
  const where = issue.path.length === 0 ? '' : `${typeof at === 'number' ? `entry ${at + 1}` : String(at)}: `;
  if (issue.code === 'unrecognized_keys')
    return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}; correct the spelling or remove it`;
  // The key itself is wrong: its own rule says how.
  const { message } = (issue.code === 'invalid_key' && issue.issues[0]) || issue;
  return `${where}${message}`;
};

/** The first fault of a row in its series, or undefined. */
const rowFault = (content: FactFileContent, series: FactSeries, row: FactRow): string | undefined => {
  if (!(row.period in content.periods)) return `period "${row.period}" is not in \`periods\`; add it there`;
  const source = row.source ?? series.source;
  if (source === undefined) return 'a fact needs a source; set `source` on the row or the series to one of `sources`';
  if (!(source in content.sources)) return `source "${source}" is not in \`sources\`; add its title and url there`;
  if (row.time !== undefined && row.known_by !== undefined)
    return 'expected `time` or `known_by`, not both: a bound is for what has no known minute';
  if (row.supersedes !== undefined && row.disputes !== undefined)
    return 'expected `supersedes` or `disputes`, not both: a disputed figure stays beside the other';
  if (kindOf(series.metric) !== 'guidance') {
    if (row.low !== undefined || row.high !== undefined)
      return `low and high are only for guidance; give ${series.metric} a value`;
    return row.value === undefined
      ? 'a fact needs a value; leave out the row of a figure that is not disclosed'
      : undefined;
  }
  if (row.value !== undefined) return 'guidance has low and high, not value; "about" is the same number twice';
  if (row.low === undefined && row.high === undefined)
    return 'guidance needs low, high or both; "more than" is low alone';
  return row.low !== undefined && row.high !== undefined && row.low > row.high
    ? 'low is above high; swap them'
    : undefined;
};

/** The minute of publication, or its bound: the row's own, else that of its source. */
const timing = (row: Pick<FactRow, 'time' | 'known_by'>, from: FactFileSource): Pick<Fact, 'time' | 'knownBy'> => {
  const isOwn = row.time !== undefined || row.known_by !== undefined;
  const time = isOwn ? row.time : from.released;
  const knownBy = isOwn ? row.known_by : from.known_by;
  return { ...(time !== undefined && { time }), ...(knownBy !== undefined && { knownBy }) };
};

const toFact = (
  content: FactFileContent,
  series: FactSeries,
  { period: label, source, supersedes, disputes, time, known_by: knownBy, ...rest }: FactRow,
): Fact => {
  const [start = '', end = ''] = (content.periods[label] ?? '').split('/');
  const { subject } = content;
  const { metric, basis, unit } = series;
  const period = kindOf(metric) === 'balance' ? { end } : { start, end };
  const about = { subject, metric, period, basis };
  const from = content.sources[source ?? series.source ?? ''];
  if (!from) throw new TypeError('a row was not checked before it was read');
  const { title, url, secondary } = from;
  return {
    id: factId({ ...about, published: rest.published }),
    ...about,
    label,
    unit,
    ...rest,
    ...timing({ time, known_by: knownBy }, from),
    source: { title, url, ...(secondary && { secondary }) },
    ...(supersedes !== undefined && { supersedes: factId({ ...about, published: supersedes }) }),
    ...(disputes !== undefined && { disputes: factId({ ...about, published: disputes }) }),
  };
};

/**
 * Parses one fact file. Facts are resolved: label to period, source key to source, `supersedes` to an id. Never throws:
 * a row that cannot be used becomes a fault, and the other rows are still read.
 */
export const parseFactFile = ({ file, text }: FactFile): ParsedFacts => {
  let yaml: Yaml;
  try {
    yaml = readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { facts: [], faults: [{ file, line: error.line, message: `not valid YAML: ${error.message}; correct it` }] };
  }
  const { value, lineOf } = yaml;
  const parsed = factFileSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      file,
      line: lineOf(issuePath(issue)),
      message: phrase(issue),
    }));
    return { facts: [], faults };
  }
  const facts: PlacedFact[] = [];
  const faults: FactFault[] = [];
  for (const [i, series] of parsed.data.series.entries())
    for (const [j, row] of series.facts.entries()) {
      const lineOfRow = (): number => lineOf(['series', i, 'facts', j]);
      const message = rowFault(parsed.data, series, row);
      if (message !== undefined) faults.push({ file, line: lineOfRow(), message });
      else {
        const fact = toFact(parsed.data, series, row);
        facts.push({
          fact,
          file,
          // Found for a fault alone: it takes longer than all the rest.
          get line() {
            return lineOfRow();
          },
        });
        if (isActual(fact.metric) && fact.published < fact.period.end)
          faults.push({
            file,
            line: lineOfRow(),
            message: `published ${fact.published}, before the period ended on ${fact.period.end}; correct one of the two`,
          });
      }
    }
  return { facts, faults };
};
