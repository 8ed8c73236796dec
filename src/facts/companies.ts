import { z } from 'zod';
import { companiesPath, companyNamesShape, symbolSchema } from '../market/company-names.ts';
import { readConfig } from '../util/read-config.ts';
import { type Filer, filingsSchema } from './edgar/filer.ts';
import type { Subject } from './fact.ts';
import { type Relation, relationOf, relationSchema } from './relations.ts';

const ROLES = ['hyperscaler', 'chip_seller', 'device_maker', 'buyer', 'lab', 'industry'] as const;

/** What a company is in the AI bill. Which figures matter for it follows from that. */
export type Role = (typeof ROLES)[number];

const company = z.strictObject({
  ...companyNamesShape,
  role: z.enum(ROLES, { error: `expected a role: ${ROLES.join(', ')}` }),
  index: symbolSchema.optional(),
  filings: filingsSchema.optional(),
  relations: z.array(relationSchema).default([]),
});

const companiesFile = z.strictObject({ companies: z.record(symbolSchema, company) }).superRefine((file, context) => {
  for (const [subject, { relations }] of Object.entries(file.companies))
    for (const [index, { from, to, amount }] of relations.entries()) {
      const others = [from ?? to ?? subject, amount?.of ?? subject];
      for (const other of others.filter((it) => !(it in file.companies)))
        context.addIssue({
          code: 'custom',
          path: ['companies', subject, 'relations', index],
          message: `${other} is not a company in this file; add it`,
        });
    }
});

/** One subject of figures, as its entry in config/companies.yaml says. */
export interface Company extends Omit<z.infer<typeof company>, 'relations'> {
  readonly subject: Subject;
}

/** Every subject of figures, in the order of the file, and what follows from their entries. */
export interface Companies {
  readonly subjects: readonly Subject[];
  /** By subject. */
  readonly entries: ReadonlyMap<string, Company>;
  get(symbol: string): Company | undefined;
  ofRole(role: Role): readonly Subject[];
  /** The parts of the basket: the Magnificent Seven. */
  readonly seven: readonly Subject[];
  /** The four hyperscalers, whose capex is the bill. */
  readonly four: readonly Subject[];
  /** The seven and the indexes that they are in: of how many a card of several slides speaks. */
  readonly together: ReadonlySet<string>;
  /** The index that the seven are measured by; absent if they are in none. */
  readonly index?: string;
  /** Whether a symbol is an index or a basket of companies. */
  isMarket(symbol: string): boolean;
  readonly relations: readonly Relation[];
  /** Those whose filings are read. */
  readonly filers: readonly Filer[];
}

const createCompanies = (all: readonly Company[], relations: readonly Relation[]): Companies => {
  const bySubject = new Map(all.map((it) => [it.subject, it]));
  const inBasket = all.filter(({ basket }) => basket !== undefined);
  const seven = inBasket.map(({ subject }) => subject);
  const [index] = inBasket.flatMap((it) => it.index ?? []);
  const markets = new Set(all.flatMap(({ basket, index }) => [basket, index]));
  const ofRole = (role: Role): readonly Subject[] => all.filter((it) => it.role === role).map(({ subject }) => subject);
  return {
    subjects: all.map(({ subject }) => subject),
    entries: bySubject,
    get: (symbol) => bySubject.get(symbol),
    ofRole,
    seven,
    four: ofRole('hyperscaler'),
    ...(index !== undefined && { index }),
    together: new Set([...seven, ...inBasket.flatMap(({ index }) => index ?? [])]),
    isMarket: (symbol) => markets.has(symbol),
    relations,
    filers: all.flatMap(({ subject, name, filings }) => (filings ? [{ subject, name: name.en, ...filings }] : [])),
  };
};

/** Reads config/companies.yaml. @throws ConfigError naming file and line. */
export const loadCompanies = (path = companiesPath()): Companies => {
  const entries = Object.entries(readConfig(path, companiesFile).companies);
  return createCompanies(
    entries.map(([subject, { relations: _, ...it }]) => ({ subject, ...it })),
    entries.flatMap(([subject, { relations }]) => relations.map((written) => relationOf(subject, written))),
  );
};
