import type { Command } from '../../../commands/command.ts';
import { parseLine } from '../../../commands/parse-line.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { Answerer } from './answerer.ts';
import type { ReplyTarget } from './reply.ts';

/** Answers one typed line, such as `chart nvda 6m`, with a message of its own. Never rejects. */
export type AskLine = (line: string, place: ReplyTarget) => Promise<void>;

export const createAskLine =
  (commands: readonly Command[], catalogue: Catalogue, answerer: Answerer): AskLine =>
  (line, place) =>
    answerer.answer(parseLine(line, commands, catalogue), place, { kind: 'new' });
