import { z } from 'zod';
import { accessionIn } from './accession.ts';
import type { Companies } from './companies.ts';
import { basisSchema, daySchema, type Fact, metricSchema, subjectSchema, timeSchema, unitSchema } from './fact.ts';
import { knownFrom } from './known-from.ts';

/** Name and version of the schema below. A field that goes or changes its meaning is a new version. */
export const EXPORT_SCHEMA = 'slidewatch-facts/1';

export const EXPORT_LICENCE =
  'MIT, as Slidewatch itself (LICENSE). Figures are facts; filings with the SEC are in the public domain. Cite the source of each figure. Without any warranty.';

const text = z.string().min(1);

/** One figure for other programs: flat, one value a field. A field without a value is left out. */
export const exportedFactSchema = z.strictObject({
  schema: z.literal(EXPORT_SCHEMA).describe('Name and version of this schema.'),
  id: text.describe('Subject, metric, period, basis and day of publication; the same figure always has the same id.'),
  subject: subjectSchema.describe('Whose figure it is: a ticker, or a name in capitals where there is none.'),
  name: text.describe('The English name of the subject.'),
  metric: metricSchema.describe('What is counted.'),
  fiscal_period: text.describe("The company's own name of the period."),
  start: daySchema.optional().describe('First day of the period; none for a balance.'),
  end: daySchema.describe('Last day of the period.'),
  value: z.number().optional().describe('The figure, in `unit`; none for guidance.'),
  low: z.number().optional().describe('Lower bound of guidance; alone it means "more than".'),
  high: z.number().optional().describe('Upper bound of guidance; alone it means "up to", equal to `low` "about".'),
  unit: unitSchema.describe('USD_M is millions of US dollars, pct percent, points percentage points.'),
  basis: basisSchema.describe('The definition behind the figure; only figures of one basis can be compared.'),
  published: daySchema.describe('The day on which it was published, New York.'),
  released: timeSchema.optional().describe('The minute at which it was published, New York, if somebody saw it.'),
  known_by: timeSchema
    .optional()
    .describe('Where no minute is known, the New York time by which it had certainly come out.'),
  counts_from: z.iso.datetime().describe('The instant after which it counts as known, UTC.'),
  first_hand: z.boolean().describe('Whether the source is a document of the company or the regulator.'),
  source_title: text.describe('The document, the call or the page that it is taken from.'),
  source_url: z.url().describe('Its address.'),
  accession: text.optional().describe('The accession number of the filing, if its source is one.'),
  origin: z
    .enum(['curated', 'database'])
    .describe('curated: reviewed, in config/facts. database: read from a filing, or accepted, by the bot.'),
  supersedes: text.optional().describe('The id of the figure that this one restates or revises.'),
  superseded_by: text.optional().describe('The id of the figure that restates or revises this one.'),
  disputes: text.optional().describe('The id of the figure that this one contradicts; both stand.'),
  note: text.optional().describe('What a reader must know, as known on that day.'),
});

export type ExportedFact = z.infer<typeof exportedFactSchema>;

/** The fields in their order, which is that of the columns. */
export const EXPORT_FIELDS = Object.keys(exportedFactSchema.shape) as (keyof ExportedFact)[];

export interface ExportParts {
  /** The English name of a subject. */
  readonly nameOf: (subject: string) => string;
  /** Whether a fact is one of config/facts. */
  readonly isCurated: (fact: Fact) => boolean;
}

/** `curated`: the facts of config/facts. One that a filing replaced is not theirs any more. */
export const exportPartsOf = (companies: Pick<Companies, 'get'>, curated: readonly Fact[]): ExportParts => {
  const urls = new Map(curated.map(({ id, source }) => [id, source.url]));
  return {
    nameOf: (subject) => companies.get(subject)?.name.en ?? subject,
    isCurated: ({ id, source }) => urls.get(id) === source.url,
  };
};

const exported = (fact: Fact, { nameOf, isCurated }: ExportParts, replacedBy: string | undefined): ExportedFact => {
  const { id, subject, metric, label, period, unit, basis, published, time, knownBy, source, supersedes, disputes } =
    fact;
  const { value, low, high, note } = fact;
  const accession = accessionIn(source.url)?.text;
  return {
    schema: EXPORT_SCHEMA,
    ...{ id, subject, name: nameOf(subject), metric, fiscal_period: label },
    ...(period.start !== undefined && { start: period.start }),
    end: period.end,
    ...(value !== undefined && { value }),
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    ...{ unit, basis, published },
    ...(time !== undefined && { released: time }),
    ...(knownBy !== undefined && { known_by: knownBy }),
    counts_from: new Date(knownFrom(fact)).toISOString(),
    first_hand: source.secondary !== true,
    source_title: source.title,
    source_url: source.url,
    ...(accession !== undefined && { accession }),
    origin: isCurated(fact) ? 'curated' : 'database',
    ...(supersedes !== undefined && { supersedes }),
    ...(replacedBy !== undefined && { superseded_by: replacedBy }),
    ...(disputes !== undefined && { disputes }),
    ...(note !== undefined && { note }),
  };
};

/** Every fact given, in the order given, with what replaces it among them. */
export const exportFacts = (facts: readonly Fact[], parts: ExportParts): ExportedFact[] => {
  const replacedBy = new Map(facts.flatMap(({ id, supersedes }) => (supersedes ? [[supersedes, id]] : [])));
  return facts.map((fact) => exported(fact, parts, replacedBy.get(fact.id)));
};

/** The JSON Schema of an export as JSON, in docs/facts-export.schema.json. */
export const exportJsonSchema = (): object => ({
  ...z.toJSONSchema(
    z.strictObject({
      schema: z.literal(EXPORT_SCHEMA),
      licence: text.describe('Under which terms the export may be used.'),
      as_of: z.iso.datetime().describe('The instant of the export, UTC; what was published later is not in it.'),
      facts: z.array(exportedFactSchema),
    }),
  ),
  title: 'The figures of Slidewatch',
});
