import type { Migration } from 'kysely/migration';
import { first } from './migrations/0001-first.ts';

/** In order; a landed migration never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
};
