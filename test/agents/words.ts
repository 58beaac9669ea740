/** The arguments of a command line without quotes. */
export const words = (text: string): readonly string[] => text.split(' ');
