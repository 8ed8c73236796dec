import type { Questions } from '../../../../commands/questions.ts';
import type { Translator } from '../../../i18n/catalogue.ts';
import type { Askers } from '../askers.ts';
import { doubtText, type Rights, refusalText } from '../rights.ts';
import { callsOf } from './calls-of.ts';
import type { Filled } from './filled.ts';
import type { Field } from './settings-modal.ts';

export interface SavingParts {
  readonly questions: Questions;
  readonly askers: Askers;
  readonly rights: Rights;
  /** The workspace that the bot is in, once it is known. */
  readonly workspace: () => string | undefined;
}

/** What became of a modal that was sent in. */
export type Saved =
  | { readonly kind: 'saved' }
  /** Something is wrong with one field. What stands before it is saved; sending it in again does no harm. */
  | { readonly kind: 'field'; readonly field: Field; readonly text: string }
  | { readonly kind: 'problem'; readonly text: string };

/** Saves what a modal holds by asking the commands that change it. Never rejects. */
export const createSaving =
  ({ questions, askers, rights, workspace }: SavingParts) =>
  async (form: Filled, words: Translator): Promise<Saved> => {
    const { asker, channelId } = form;
    const verdict = await rights.mayChange(asker, channelId);
    if (verdict !== true) {
      const text = verdict === false ? refusalText(words, rights.managers) : doubtText(words, verdict);
      return form.chosen ? { kind: 'field', field: 'channel', text } : { kind: 'problem', text };
    }
    const before = await askers.channelAt(channelId);
    const timeZone = before && (await questions.view(before, words.language)).timeZone;
    const team = workspace();
    for (const { call, field } of callsOf(form, before, timeZone)) {
      const answer = await questions.ask(call.name, {
        options: call.options,
        language: words.language,
        platform: 'slack',
        channel: channelId,
        asker,
        mayChange: async () => (await rights.mayChange(asker, channelId)) === true,
        ...(team !== undefined && { workspace: team }),
      });
      if (answer.kind === 'problem') return { kind: 'field', field, text: answer.text };
    }
    return { kind: 'saved' };
  };
