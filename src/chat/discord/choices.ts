import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Questions } from '../../../commands/questions.ts';
import { clip, tidy } from './escape.ts';

/** Discord's limits for choices, and for their names and values. */
const MOST = 25;
const LONGEST = 100;

/** What is offered for an option that is being typed; a value that Discord would not take is left out. */
export const choicesOf = (
  questions: Questions,
  { name, option, typed }: { readonly name: string; readonly option: string; readonly typed: string },
  language: string,
): APIApplicationCommandOptionChoice<string>[] =>
  questions
    .complete(name, option, clip(typed, LONGEST), language)
    .filter(({ value }) => value !== '' && value.length <= LONGEST)
    .slice(0, MOST)
    .map(({ value, label }) => ({ name: clip(label, LONGEST) || tidy(value), value }));
