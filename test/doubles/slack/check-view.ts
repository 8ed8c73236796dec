import { anyText, type Block, checkBlock, checkText, type Text } from './check-message.ts';

interface Choice {
  readonly text?: Text;
  readonly value?: unknown;
  readonly description?: Text;
}

export interface Element extends Text {
  readonly action_id?: unknown;
  readonly options?: readonly Choice[];
  readonly initial_option?: Choice;
  readonly initial_options?: readonly Choice[];
  readonly initial_time?: unknown;
  readonly initial_value?: unknown;
  readonly initial_conversation?: unknown;
  readonly placeholder?: Text;
}

interface ViewBlock extends Block {
  readonly label?: Text;
  readonly hint?: Text;
  readonly element?: Element;
  readonly accessory?: Element & { readonly text?: unknown };
}

const plain = ['plain_text'];

const checkChoices = (element: Element, most: number, at: string): string[] => {
  const options = element.options ?? [];
  const faults = options.length < 1 || options.length > most ? [`1 to ${most} options are required [${at}]`] : [];
  const values = options.map(({ value }) => value);
  if (new Set(values).size < values.length) faults.push(`a value is used twice [${at}/options]`);
  for (const { text, value, description } of options) {
    faults.push(...checkText(text, 75, `${at}/options`, anyText));
    if (description !== undefined) faults.push(...checkText(description, 75, `${at}/options`, anyText));
    if (typeof value !== 'string' || value.length < 1 || value.length > 75) faults.push(`no fitting value [${at}]`);
  }
  const chosen = [...(element.initial_options ?? []), ...(element.initial_option ? [element.initial_option] : [])];
  const known = options.map((option) => JSON.stringify(option));
  // Slack compares the whole option, not its value.
  if (chosen.some((option) => !known.includes(JSON.stringify(option)))) faults.push(`initial option unknown [${at}]`);
  if (element.initial_options?.length === 0) faults.push(`initial_options must not be empty [${at}]`);
  return faults;
};

const checkElement = (element: Element, at: string): string[] => {
  const { action_id: id, placeholder } = element;
  const faults = typeof id !== 'string' || id.length > 255 ? [`no action_id [${at}]`] : [];
  if (placeholder !== undefined) faults.push(...checkText(placeholder, 150, `${at}/placeholder`, plain));
  switch (element.type) {
    case 'static_select':
      return [...faults, ...checkChoices(element, 100, at)];
    case 'multi_static_select':
      return [...faults, ...checkChoices(element, 100, at)];
    case 'checkboxes':
    case 'radio_buttons':
      return [...faults, ...checkChoices(element, 10, at)];
    case 'timepicker': {
      const { initial_time: time } = element;
      const fits = time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(String(time));
      return fits ? faults : [...faults, `initial_time must be HH:mm [${at}]`];
    }
    case 'plain_text_input':
      return String(element.initial_value ?? '').length > 3_000 ? [...faults, `initial_value [${at}]`] : faults;
    case 'conversations_select':
      return faults;
    case 'button':
      return [
        ...faults,
        ...checkText(typeof element.text === 'object' ? Object(element.text) : undefined, 75, `${at}/text`, plain),
      ];
    default:
      return [...faults, `unsupported type: ${String(element.type)} [${at}]`];
  }
};

const checkViewBlock = (block: ViewBlock, at: string): string[] => {
  if (block.type === 'input') {
    return [
      ...checkText(block.label, 2_000, `${at}/label`, plain),
      ...(block.hint === undefined ? [] : checkText(block.hint, 2_000, `${at}/hint`, plain)),
      ...(block.element === undefined ? [`no element [${at}]`] : checkElement(block.element, `${at}/element`)),
    ];
  }
  const own = checkBlock(block, at, () => false);
  return block.accessory === undefined ? own : [...own, ...checkElement(block.accessory, `${at}/accessory`)];
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What Slack would find wrong with a view. Source: docs.slack.dev/reference/views and /reference/block-kit. */
export const checkView = (view: Readonly<Record<string, unknown>>, type: 'home' | 'modal'): string[] => {
  const blocks: ViewBlock[] = Array.isArray(view.blocks) ? view.blocks : [];
  const faults = blocks.flatMap((block, n) => checkViewBlock(block, `json-pointer:/blocks/${n}`));
  if (view.type !== type) faults.push(`expected a ${type} [/type]`);
  if (blocks.length < 1 || blocks.length > 100) faults.push('1 to 100 items are required [/blocks]');
  if (text(view.private_metadata).length > 3_000) faults.push('must be less than 3001 characters [/private_metadata]');
  if (text(view.callback_id).length > 255) faults.push('must be less than 256 characters [/callback_id]');
  const ids = blocks.flatMap(({ block_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length) faults.push('block_id is used twice [/blocks]');
  if (ids.some((id) => text(id).length < 1 || text(id).length > 255)) faults.push('1 to 255 characters [/block_id]');
  if (JSON.stringify(view).length > 250_000) faults.push('view_too_large');
  if (type === 'home') return faults;
  for (const name of ['title', 'submit', 'close'])
    if (view[name] !== undefined) faults.push(...checkText(Object(view[name]), 24, `/${name}`, plain));
  if (view.title === undefined) faults.push('a title is required [/title]');
  if (view.submit === undefined && blocks.some((block) => block.type === 'input'))
    faults.push('submit is required with input blocks [/submit]');
  return faults;
};
