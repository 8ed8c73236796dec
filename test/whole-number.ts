import { InvalidArgumentError } from 'commander';

/** Reads the value of an option of the kill test or of the simulation. @throws InvalidArgumentError */
export const wholeNumber = (text: string): number => {
  if (text.trim() === '' || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError('expected a whole number');
  return Number(text);
};
