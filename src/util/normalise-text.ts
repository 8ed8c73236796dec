/** The form in which typed text is compared: without case, width, outer spaces and repeated spaces. */
export const normaliseText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
