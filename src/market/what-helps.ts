import type { SourceError } from './source.ts';

const BACKUP = 'set FINNHUB_TOKEN or TIINGO_TOKEN for a backup';

/** What a person can do about a source that fails, as one clause. Undefined if its message says it all. */
export const whatHelps = (
  { fault, remedy }: SourceError,
  { hasBackup }: { readonly hasBackup: boolean },
): string | undefined => {
  const needsBackup = !hasBackup && (fault === 'throttled' || fault === 'refused');
  return [remedy, needsBackup ? BACKUP : undefined].filter(Boolean).join(', or ') || undefined;
};
