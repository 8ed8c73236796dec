import { z } from 'zod';
import { ELEMENT, type Field } from './settings-modal.ts';

/** Schemas of the submitted settings modal and of App Home's events: only the fields that we read, under our names. */

const value = z.object({
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

const metadata = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('expected JSON');
      return z.NEVER;
    }
  })
  .pipe(z.object({ page: z.number().int().min(0).catch(0), channel: z.string().nullish() }))
  .transform(({ page, channel }) => ({ page, channel: channel ?? undefined }));

/** The page of App Home that a button or a modal belongs to; the first if that is unknown. */
export const pageOf = (text: string): number => {
  const read = metadata.safeParse(text);
  return read.success ? read.data.page : 0;
};

/** The submitted settings. */
export interface SettingsForm {
  readonly asker: string;
  readonly page: number;
  /** The channel that the modal was opened for, or that was chosen in it. */
  readonly channelId: string;
  /** Whether the channel was chosen in the modal. */
  readonly chosen: boolean;
  readonly language?: string | undefined;
  readonly zone: string;
  readonly kinds: readonly string[];
  readonly digest: boolean;
  readonly closedDays: boolean;
  readonly time?: string | undefined;
  /** Ascending, 1 = Monday; empty for every session. */
  readonly days: readonly number[];
  readonly quietFrom?: string | undefined;
  readonly quietTo?: string | undefined;
}

export const settingsForm = z
  .object({
    user: z.object({ id: z.string() }),
    view: z.object({
      private_metadata: metadata,
      state: z.object({ values: z.record(z.string(), z.record(z.string(), value)) }),
    }),
  })
  .transform(({ user, view: { private_metadata: opened, state } }): SettingsForm => {
    const field = (name: Field) => state.values[name]?.[ELEMENT];
    const chosen = (name: Field): string[] => (field(name)?.selected_options ?? []).map((each) => each.value);
    const digest = chosen('digest');
    return {
      asker: user.id,
      page: opened.page,
      channelId: opened.channel ?? field('channel')?.selected_conversation ?? '',
      chosen: opened.channel === undefined,
      language: field('language')?.selected_option?.value,
      zone: field('zone')?.value?.trim() ?? '',
      kinds: chosen('kinds'),
      digest: digest.includes('on'),
      closedDays: digest.includes('closed'),
      time: field('time')?.selected_time ?? undefined,
      days: chosen('days')
        .map(Number)
        .toSorted((a, b) => a - b),
      quietFrom: field('quiet-from')?.selected_time ?? undefined,
      quietTo: field('quiet-to')?.selected_time ?? undefined,
    };
  });

/** A button of App Home was pressed. */
export const pressedHome = z
  .object({
    user: z.object({ id: z.string() }),
    trigger_id: z.string(),
    view: z.object({ private_metadata: z.string().nullish() }).nullish(),
    actions: z.tuple([z.object({ action_id: z.string(), value: z.string().nullish() })], z.unknown()),
  })
  .transform(({ user, trigger_id, view, actions: [{ action_id, value: buttonValue }] }) => ({
    asker: user.id,
    triggerId: trigger_id,
    page: pageOf(view?.private_metadata ?? ''),
    actionId: action_id,
    value: buttonValue ?? '',
  }));

/** App Home was opened. */
export const openedHome = z
  .object({ event: z.object({ user: z.string(), tab: z.string().nullish() }) })
  .transform(({ event: { user, tab } }) => ({ asker: user, isHome: (tab ?? 'home') === 'home' }));
