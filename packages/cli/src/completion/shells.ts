import { completeCommand } from './complete-command.ts';

/** The shells that can be completed in. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell that can be completed in. */
export type Shell = (typeof shells)[number];

/** The line that stands for files. */
export const filesLine = ':files';

/** The script that has a shell complete a program. */
export function completionScript(shell: Shell, name: string): string {
  const title = `# Completion of ${name} for ${shell}, as "chancery completion ${shell}" prints it.`;
  const fn = `_${name.replaceAll(/\W/g, '_')}_complete`;
  return scripts[shell]({ name, title, fn });
}

interface ScriptParts {
  readonly name: string;
  readonly title: string;
  readonly fn: string;
}

const scripts: Readonly<Record<Shell, (parts: ScriptParts) => string>> = {
  bash: ({ name, title, fn }) => `${title}
${fn}() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = '${filesLine}' ]; then
      compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$2"))
      return
    fi
    COMPREPLY+=("$line")
  done < <("$1" ${completeCommand} bash "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -F ${fn} ${name}`,
  zsh: ({ name, title, fn }) => `#compdef ${name}
${title}
${fn}() {
  local -a offers
  offers=("\${(@f)$("\${words[1]}" ${completeCommand} zsh "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ $offers[1] == '${filesLine}' ]]; then
    _files
  elif [[ -n $offers[1] ]]; then
    _describe ${name} offers
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  ${fn} "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef ${fn} ${name}
fi`,
  fish: ({ name, title, fn }) => `${title}
function _${fn}
  set -l words (commandline -opc)
  set -l offers ($words[1] ${completeCommand} fish $words (commandline -ct) 2>/dev/null)
  if test "$offers[1]" = '${filesLine}'
    __fish_complete_path (commandline -ct)
  else if test -n "$offers[1]"
    printf '%s\\n' $offers
  end
end
complete -c ${name} -f -a '(_${fn})'`,
};
