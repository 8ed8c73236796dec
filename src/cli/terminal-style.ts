/** The columns of a card where a terminal does not say its own. */
const DEFAULT_COLUMNS = 80;

/** What may be written to an output. */
export interface TerminalStyle {
  readonly width: number;
  /** Whether escape codes may be written: colours, and lines that are written over. */
  readonly escapes: boolean;
}

interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/**
 * Escape codes are for terminals alone: not for pipes and files, not where NO_COLOR is set (no-color.org) or TERM is
 * `dumb`.
 */
export const terminalStyle = (
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  { NO_COLOR, TERM }: Environment = process.env,
): TerminalStyle => ({
  width: columns ?? DEFAULT_COLUMNS,
  escapes: isTTY === true && !NO_COLOR && TERM !== 'dumb',
});
