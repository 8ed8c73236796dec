import { DOLLARS_PER_MILLION } from './fact.ts';

const inDollars = (millions: number): number => Math.round(millions * DOLLARS_PER_MILLION);

/**
 * Adds amounts in millions of US dollars, in whole dollars: filings' figures have decimals of a million, which a double
 * adds up with an error. Nine quadrillion dollars fit.
 */
export const sumOfMillions = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + inDollars(amount), 0) / DOLLARS_PER_MILLION;
