import type { Ack } from './acks.ts';
import type { Element } from './check-view.ts';
import type { PeopleParts } from './people.ts';
import type { OpenView } from './workspace.ts';
import { PERSON, TEAM, type WorkspaceEvents } from './workspace-events.ts';

/** What a person puts into a modal, by block: a text, an option's value, several values, a time, or nothing. */
export type Filled = Readonly<Record<string, string | readonly string[] | null>>;

/** What people do with App Home and with modals. */
export interface ViewPeople {
  openHome(by?: { readonly userId?: string; readonly tab?: 'home' | 'messages' }): Promise<Ack>;
  /** Presses a button of App Home: by what it says, and its value where several say the same. */
  pressHome(press: { readonly label: string; readonly value?: string; readonly userId?: string }): Promise<Ack>;
  /**
   * Fills in the topmost modal and submits it. Fields that are not named stay as they are. Resolves with our
   * acknowledgement; errors in it are shown beside the fields, and without any the modal closes.
   */
  submit(filled: Filled): Promise<Ack>;
  /** What App Home shows to a person. */
  home(userId?: string): OpenView | undefined;
  /** Open modals, the topmost last. */
  readonly modals: readonly OpenView[];
}

interface InputBlock {
  readonly type: string;
  readonly block_id: string;
  readonly element: Element;
}

const optionsOf = (element: Element, values: readonly string[]) =>
  values.map((value) => {
    const option = element.options?.find((each) => each.value === value);
    if (option === undefined) throw new Error(`the field has no option "${value}"`);
    return option;
  });

/** The state of one field, as Slack sends it. */
const stateOf = (element: Element, filled: string | readonly string[] | null | undefined): object => {
  const { type } = element;
  const one = typeof filled === 'string' ? filled : undefined;
  const kept = filled === undefined;
  switch (type) {
    case 'plain_text_input':
      return { type, value: kept ? (element.initial_value ?? null) : (one ?? null) };
    case 'timepicker':
      return { type, selected_time: kept ? (element.initial_time ?? null) : (one ?? null) };
    case 'conversations_select':
      return { type, selected_conversation: kept ? (element.initial_conversation ?? null) : (one ?? null) };
    case 'static_select':
    case 'radio_buttons':
      return {
        type,
        selected_option: kept
          ? (element.initial_option ?? null)
          : one === undefined
            ? null
            : optionsOf(element, [one])[0],
      };
    default: {
      const values = typeof filled === 'string' ? [filled] : (filled ?? []);
      return { type, selected_options: kept ? (element.initial_options ?? []) : optionsOf(element, values) };
    }
  }
};

const inputsOf = ({ view }: OpenView): InputBlock[] =>
  (Array.isArray(view.blocks) ? view.blocks : []).filter((block) => Object(block).type === 'input');

type Pressable = Element & { readonly value?: string; readonly type: string };

const buttonsOf = ({ view }: OpenView): { readonly blockId: string; readonly button: Pressable }[] =>
  (Array.isArray(view.blocks) ? view.blocks : []).flatMap((block) => {
    const { block_id: blockId = 'given', accessory, elements = [], type } = Object(block);
    const all = [...(accessory === undefined ? [] : [accessory]), ...(type === 'actions' ? elements : [])];
    return all.map((button: Pressable) => ({ blockId, button }));
  });

export const createViewPeople = (
  { workspace, send }: Pick<PeopleParts, 'workspace' | 'send'>,
  events: WorkspaceEvents,
  trigger: (userId: string) => string,
): ViewPeople => {
  const person = (userId: string) => ({ id: userId, team_id: TEAM });
  return {
    home: (userId = PERSON) => workspace.homes.get(userId),
    modals: workspace.modals,
    openHome: ({ userId: user = PERSON, tab = 'home' } = {}) =>
      events.happen({ type: 'app_home_opened', user, channel: 'D0000000009', tab, event_ts: workspace.nextTs() }),
    pressHome: async ({ label, value, userId = PERSON }) => {
      const home = workspace.homes.get(userId);
      const found = (home ? buttonsOf(home) : []).find(
        ({ button }) => Object(button.text).text === label && (value === undefined || button.value === value),
      );
      if (home === undefined || found === undefined) throw new Error(`App Home has no button "${label}"`);
      return send('interactive', {
        type: 'block_actions',
        user: person(userId),
        team: { id: TEAM },
        trigger_id: trigger(userId),
        container: { type: 'view', view_id: home.id },
        view: { ...home.view, id: home.id },
        actions: [{ ...found.button, block_id: found.blockId, action_ts: workspace.nextTs() }],
      });
    },
    submit: async (filled) => {
      const modal = workspace.modals.at(-1);
      if (modal === undefined) throw new Error('no modal is open');
      const inputs = inputsOf(modal);
      const unknown = Object.keys(filled).filter((block) => !inputs.some(({ block_id }) => block_id === block));
      if (unknown.length > 0) throw new Error(`the modal has no field "${unknown.join(', ')}"`);
      const values = Object.fromEntries(
        inputs.map(({ block_id, element }) => [
          block_id,
          { [String(element.action_id)]: stateOf(element, filled[block_id]) },
        ]),
      );
      const ack = await send('interactive', {
        type: 'view_submission',
        user: person(modal.userId),
        team: { id: TEAM },
        view: { ...modal.view, id: modal.id, state: { values } },
        response_urls: [],
      });
      const { response_action: action, errors = {} } = Object(ack.payload);
      const strange = Object.keys(errors).filter((block) => !inputs.some(({ block_id }) => block_id === block));
      if (strange.length > 0) throw new Error(`errors name blocks that are no fields: ${strange.join(', ')}`);
      if (action === 'errors') modal.errors = errors;
      else workspace.modals.splice(workspace.modals.indexOf(modal), 1);
      return ack;
    },
  };
};
