/** The shells that there is a script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Each script hands what was typed to `__complete` and offers what comes back, so that it never goes out of date. The
 * partial word travels behind a `=`, because some shells drop empty arguments. `NAME` is the program, `FUNCTION` a name of
 * it that every shell takes.
 */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# Completion of NAME for bash. To have it always: NAME completion bash > ~/.local/share/bash-completion/completions/NAME
_FUNCTION() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line
  local program="\${COMP_WORDS[0]/#\\~/$HOME}"
  [ "$current" = "=" ] && current=""
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ":files" ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("$program" __complete "=$current" "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _FUNCTION NAME
`,
  zsh: `#compdef NAME
# Completion of NAME for zsh. To have it always: NAME completion zsh > a folder of $fpath, as _NAME
_FUNCTION() {
  local line value
  local -a candidates
  for line in "\${(@f)$("\${words[1]}" __complete "=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}"; do
    if [[ "$line" == ":files" ]]; then
      _files
    elif [[ -n "$line" ]]; then
      value="\${line%%$'\\t'*}"
      candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  (( \${#candidates} )) && _describe -V 'NAME' candidates
}
if [[ "\${funcstack[1]}" == "_FUNCTION" ]]; then
  _FUNCTION "$@"
else
  compdef _FUNCTION NAME
fi
`,
  fish: `# Completion of NAME for fish. To have it always: NAME completion fish > ~/.config/fish/completions/NAME.fish
function __FUNCTION_complete
  set -l typed (commandline -opc)
  set -l current (commandline -ct)
  for line in ($typed[1] __complete "=$current" $typed[2..-1] 2>/dev/null)
    if test "$line" = ":files"
      __fish_complete_path "$current"
    else
      printf '%s\\n' $line
    end
  end
end
complete -c NAME -f -k -a '(__FUNCTION_complete)'
`,
  powershell: `# Completion of NAME for PowerShell. To have it always: NAME completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }
  $program = $typed[0]
  $before = @($typed | Select-Object -Skip 1)
  foreach ($line in @(& $program __complete "=$wordToComplete" @before 2>$null)) {
    $value, $about = $line -split "\`t", 2
    if ($value -eq ':files') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    } else {
      if (-not $about) { $about = $value }
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
  }
}
`,
};

export const completionScript = (shell: Shell, programName: string): string =>
  SCRIPTS[shell].replaceAll('FUNCTION', programName.replace(/\W/g, '_')).replaceAll('NAME', programName);
