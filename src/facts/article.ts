import { z } from 'zod';
import { symbolSchema } from '../market/company-names.ts';
import { configFile, readConfig } from '../util/read-config.ts';
import { daySchema, type Fact, sourceSchema } from './fact.ts';

/** How a figure of the article compares with what was published; config/article.yaml says what each means. */
export const VERDICTS = ['right', 'rounded', 'other-basis', 'wrong', 'unconfirmed'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Whose figure it is if it is of no company: the market as a whole. */
export const MARKET = 'MARKET';

const text = z.string().min(1);

/** A text by language, at least in English. */
const texts = z.record(z.string(), text).refine(({ en }) => en !== undefined, { error: 'expected a text under `en`' });

const closes = z.strictObject({
  symbol: symbolSchema,
  from: daySchema,
  to: daySchema,
  /** The change between the two closes, percent to one decimal. */
  percent: z.number(),
});

const figure = z
  .strictObject({
    id: z.string().regex(/^S\d\d$/, 'expected S and two digits'),
    about: symbolSchema,
    value: z.union([z.number(), z.tuple([z.number(), z.number()]), z.null()]),
    unit: text,
    /** Change on the year in percent, as the article says it. */
    growth: z.number().optional(),
    said: texts,
    verdict: z.enum(VERDICTS, { error: `expected a verdict: ${VERDICTS.join(', ')}` }),
    garbled: z.literal(true).optional(),
    so: texts.optional(),
    ledger: z.array(text).min(1).optional(),
    closes: closes.optional(),
    source: sourceSchema.optional(),
  })
  .refine(({ verdict, ...it }) => verdict === 'unconfirmed' || it.ledger || it.closes || it.source, {
    error: 'only an unconfirmed figure may stand nowhere; add `ledger`, `closes` or `source`',
  })
  .refine(({ verdict, so }) => so !== undefined || verdict === 'right' || verdict === 'rounded', {
    error: 'what is not right needs `so`: what is',
  });

const articleFile = z
  .strictObject({ published: daySchema, from: texts, figures: z.array(figure).min(1) })
  .superRefine(({ figures }, context) => {
    for (const [index, { id }] of figures.entries())
      if (figures.findIndex((it) => it.id === id) < index)
        context.addIssue({ code: 'custom', path: ['figures', index], message: `${id} is there twice; remove one` });
  });

type Texts = Readonly<z.infer<typeof texts>>;

/** One figure of the article, in our words, and what is so. */
export interface ArticleFigure extends Readonly<Omit<z.infer<typeof figure>, 'ledger'>> {
  /** The figures of the ledger that it is held against, the first the figure itself. */
  readonly facts: readonly Fact[];
}

/** What a newspaper article said about the AI bill, and what is so. */
export interface Article {
  readonly published: string;
  /** Who published it, and in which form it was read. */
  readonly from: Texts;
  /** By company. */
  readonly figures: readonly ArticleFigure[];
  /** Ids in the file that are in no fact file; a bot whose companies were changed has some. */
  readonly missing: readonly string[];
}

/** A text in a language, or in English. */
export const textIn = (language: string, all: Texts): string => all[language] ?? all.en ?? '';

/** Reads config/article.yaml; `curated` are the facts it refers to. @throws ConfigError naming file and line. */
export const loadArticle = (curated: readonly Fact[], path = configFile('article.yaml')): Article => {
  const { figures, ...file } = readConfig(path, articleFile);
  const byId = new Map(curated.map((fact) => [fact.id, fact]));
  return {
    ...file,
    figures: figures.map(({ ledger = [], ...it }) => ({ ...it, facts: ledger.flatMap((id) => byId.get(id) ?? []) })),
    missing: figures.flatMap(({ ledger = [] }) => ledger.filter((id) => !byId.has(id))),
  };
};
