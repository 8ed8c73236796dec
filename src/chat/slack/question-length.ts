/** A longer text is refused before it is read: reading must not hold up what else is due. The longest useful one has 300. */
export const MAX_QUESTION_LENGTH = 1_500;
