import { cardTerminal, type TerminalOptions } from '../../cards/terminal.ts';
import type { Platform } from '../platform.ts';

/** A terminal as a channel: each card is printed as text. */
export const createTerminalPlatform = (print: (text: string) => void, options: TerminalOptions): Platform => ({
  name: 'terminal',
  start: async () => {},
  post: async ({ card, key }) => {
    print(`${cardTerminal(card, options)}\n`);
    return { kind: 'sent', messageId: key };
  },
  stop: async () => {},
});
