import { z } from 'zod';
import { configFile, readConfig } from '../util/read-config.ts';
import { symbolName } from './symbol-name.ts';

/** A symbol is our own id of what is watched, or of what figures are about. */
export const symbolSchema = z.string().regex(/^[A-Z0-9.-]{1,12}$/, 'a symbol is 1 to 12 characters from A-Z 0-9 . -');

/** What a company is called, and the basket whose part it is: the part of its entry that the watchlist needs. */
export const companyNamesShape = {
  name: symbolName,
  aliases: z.array(z.string().min(1)).default([]),
  basket: symbolSchema.optional(),
};

const companiesFile = z.looseObject({ companies: z.record(symbolSchema, z.looseObject(companyNamesShape)) });

export type CompanyNames = z.infer<z.ZodObject<typeof companyNamesShape>>;

export const companiesPath = (): string => configFile('companies.yaml');

/** The names in config/companies.yaml, by symbol, in its order. @throws ConfigError naming file and line. */
export const readCompanyNames = (path = companiesPath()): ReadonlyMap<string, CompanyNames> =>
  new Map(Object.entries(readConfig(path, companiesFile).companies));
