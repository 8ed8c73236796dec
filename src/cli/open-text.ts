import { momentOf } from '../facts/edgar/acceptance.ts';
import type { OpenFigure } from '../facts/edgar/filed-facts.ts';

/** What a person is told of a quarter or a figure that is not in. */
export const openText = (open: OpenFigure): string => {
  if (open.state === 'released') {
    const { published, time } = momentOf({ at: open.at, exact: true });
    return `results have been out since ${published} ${time} New York; their figures are not in the filings' data yet and are asked for until they are`;
  }
  const what = `${open.metric} of the report filed ${open.filed}`;
  const texts = {
    awaited: `${what} is not available yet; it is asked for daily`,
    held: `${what} cannot be right and is held back until it is corrected`,
    lost: `${what} is missing, as in the report before; its tag may have changed: see config/companies.yaml`,
  };
  return texts[open.state];
};
