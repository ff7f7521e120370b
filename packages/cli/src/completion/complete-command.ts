/** The command behind the scripts of the shells: it is given a command line, and prints what to offer. */
export const completeCommand = '__complete';
