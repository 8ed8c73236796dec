import { momentOf } from '../facts/edgar/acceptance.ts';
import type { OpenNote } from '../facts/edgar/open-note.ts';

/** What a person is told of a quarter or a figure that is not in. */
export const openText = (open: OpenNote): string => {
  if (open.state === 'released') {
    const { published, time } = momentOf({ at: open.at, exact: true });
    return `results have been out since ${published} ${time} New York; their figures are not in the filings' data yet and are asked for until they are`;
  }
  const what = `${open.metric} of the report filed ${open.filed}`;
  const texts = {
    awaited: `${what} is not available yet; it is asked for daily`,
    held: `${what} cannot be right and is held back until it is corrected`,
    absent: `${what} is not in it where it was; its marks may have changed: see config/companies.yaml`,
    underived: `${what} is a year's, and a quarter before it is missing; enter its last quarter in config/facts`,
    unread: `${what} could not be read from its document; enter it in config/facts`,
    lost: `${what} is missing, as in the report before; its tag may have changed: see config/companies.yaml`,
  };
  return texts[open.state];
};
