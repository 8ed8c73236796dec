import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { issuePath } from '../util/read-config.ts';
import { type Fact, factId } from './fact.ts';
import type { FactFault } from './fact-fault.ts';
import { type FactFileContent, type FactRow, type FactSeries, factFileSchema } from './fact-file-schema.ts';
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

type Path = readonly PropertyKey[];
type LineOf = (path: Path) => number;

/** Finds the line of the node at a path, or of its nearest ancestor if the node is missing. */
const lineFinder = (document: Document, lines: LineCounter): LineOf => {
  return (path) => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
};

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

const toFact = (
  content: FactFileContent,
  series: FactSeries,
  { period: label, source, supersedes, ...rest }: FactRow,
): Fact => {
  const [start = '', end = ''] = (content.periods[label] ?? '').split('/');
  const { subject } = content;
  const { metric, basis, unit } = series;
  const period = kindOf(metric) === 'balance' ? { end } : { start, end };
  const about = { subject, metric, period, basis };
  const from = content.sources[source ?? series.source ?? ''];
  if (!from) throw new TypeError('a row was not checked before it was read');
  return {
    id: factId({ ...about, published: rest.published }),
    ...about,
    label,
    unit,
    ...rest,
    source: from,
    ...(supersedes !== undefined && { supersedes: factId({ ...about, published: supersedes }) }),
  };
};

/**
 * Parses one fact file. Facts are resolved: label to period, source key to source, `supersedes` to an id. Never throws:
 * a row that cannot be used becomes a fault, and the other rows are still read.
 */
export const parseFactFile = ({ file, text }: FactFile): ParsedFacts => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const notYaml = (line: number, message: string): FactFault => ({
    file,
    line,
    message: `not valid YAML: ${message.split('\n')[0]}; correct it`,
  });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => notYaml(lines.linePos(pos[0]).line, message));
    return { facts: [], faults };
  }
  const lineOf = lineFinder(document, lines);
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    return { facts: [], faults: [notYaml(1, (error as Error).message)] };
  }
  const parsed = factFileSchema.safeParse(content);
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
      const line = lineOf(['series', i, 'facts', j]);
      const message = rowFault(parsed.data, series, row);
      if (message !== undefined) faults.push({ file, line, message });
      else {
        const fact = toFact(parsed.data, series, row);
        facts.push({ fact, file, line });
        if (isActual(fact.metric) && fact.published < fact.period.end)
          faults.push({
            file,
            line,
            message: `published ${fact.published}, before the period ended on ${fact.period.end}; correct one of the two`,
          });
      }
    }
  return { facts, faults };
};
