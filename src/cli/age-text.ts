import type { LedgerAge } from '../facts/ledger-age.ts';

/** When the newest figure was published; a day that is still to come says that the computer's clock is behind. */
export const ageText = ({ newest, days }: LedgerAge): string =>
  days >= 0
    ? `${newest}, ${days} ${days === 1 ? 'day' : 'days'} ago`
    : `${newest}, but by this computer's clock that day is ${-days} days away; set the clock (ntp)`;
