import type { OpenFigure } from '../facts/edgar/filed-facts.ts';

/** What a person is told of a figure that is not in. */
export const openText = ({ metric, state, filed }: OpenFigure): string =>
  state === 'awaited'
    ? `${metric} of the report filed ${filed} is not available yet; it is asked for daily`
    : `${metric} of the report filed ${filed} cannot be right and is held back until it is corrected`;
