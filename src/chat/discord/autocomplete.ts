import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Questions } from '../../../commands/questions.ts';
import { clipLine, oneLine } from '../plain-text.ts';

/** Discord's limits. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

/** Choices for an option that is being typed. Leaves out values that Discord would not take. */
export const choicesOf = (
  questions: Questions,
  { name, option, typed }: { readonly name: string; readonly option: string; readonly typed: string },
  language: string,
): APIApplicationCommandOptionChoice<string>[] =>
  questions
    .complete(name, option, clipLine(typed, MAX_CHOICE_LENGTH), language)
    .filter(({ value }) => value !== '' && value.length <= MAX_CHOICE_LENGTH)
    .slice(0, MAX_CHOICES)
    .map(({ value, label }) => ({ name: clipLine(label, MAX_CHOICE_LENGTH) || oneLine(value), value }));
