#!/bin/sh
# Hands an ordered list of tasks to Codencer, one after the other, and tells how they ended.
# Needs a POSIX shell with sed and awk, and Codencer's command line. Its siblings in other languages do the same.
set -u

usage() {
  cat <<'TEXT'
Usage: run-tasks --run-id <id> --input-mode <mode> --tasks-file <path> [options]

Hands the tasks of a list over, one after the other: the next one when the one before has ended.

  --run-id <id>              The run that the tasks go to.
  --input-mode <mode>        What a line of the list is: task-file, task-json, prompt-file or goal.
  --tasks-file <path>        The list. Blank lines and lines that begin with # are left out.
  --project <project>        Create the run if it does not exist.

  --stop-on-failure          Stop at the first task that does not complete. So it is unless you say otherwise.
  --continue-on-failure      Go on with the next one. CODENCER_CONTINUE_ON_FAILURE=1 means the same.
  --resume                   Leave out what has completed, wait for what is under way, submit the rest.
  --progress-file <path>     Where is written down which task became which step.
                             By default run-tasks/<run-id>.tsv in the folder .codencer of the repository.

  --title-prefix <prefix>    With goal only. By default "Task".
  --adapter <adapter>        With prompt-file and goal only, like the next four.
  --timeout <seconds>
  --policy <policy>
  --validation <command>     May be repeated.
  --acceptance <text>        May be repeated.

  --json                     One JSON document on stdout instead of a line for each task.
  --codencer <path>          The command line. By default that of this checkout, else "codencer".
                             --orchestratorctl means the same.
  --help                     This.

Exit codes: 0 all completed; else that of the first task that did not, as "codencer step wait" has them: 2 failed,
3 timeout, 4 somebody has to act, 5 bridge or executor broke. 1 wrong input; 130 interrupted.
TEXT
}

refuse() {
  printf '%s\n' "$1" "What it takes: run-tasks --help" >&2
  exit 1
}

# The text at a key of a document, escaped as it is in there. The command line indents by two and sorts its keys.
text_at() {
  printf '%s\n' "$1" | LC_ALL=C sed -n "s/^  \"$2\": \"\(.*\)\",\{0,1\}\$/\1/p"
}

status_of() {
  printf '%s\n' "$1" | LC_ALL=C sed -n 's/^  "status": \([0-9]*\),\{0,1\}$/\1/p'
}

# An escaped text for people: on one line.
plain_text() {
  printf '%s\n' "$1" | LC_ALL=C awk '{
    for (i = 1; i <= length($0); i++) {
      c = substr($0, i, 1)
      if (c != "\\") { out = out c; continue }
      c = substr($0, ++i, 1)
      if (c == "u") {
        hex = substr($0, i + 1, 4)
        i += 4
        c = hex == "003c" ? "<" : hex == "003e" ? ">" : hex == "0026" ? "&" : " "
      } else if (index("bfnrt", c) > 0) c = " "
      out = out c
    }
    # What else a terminal takes for an order, or for the other direction.
    gsub(/\177|\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251]/, " ", out)
    print out
  }'
}

# A text as it stands in a document, without its quotes.
json_text() {
  printf '%s\n' "$1" | LC_ALL=C awk '
    BEGIN {
      for (i = 1; i < 32; i++) code[sprintf("%c", i)] = sprintf("\\u%04x", i)
      code["\b"] = "\\b"; code["\f"] = "\\f"; code["\n"] = "\\n"; code["\r"] = "\\r"; code["\t"] = "\\t"
      code["<"] = "\\u003c"; code[">"] = "\\u003e"; code["&"] = "\\u0026"
      code["\\"] = "\\\\"; code["\""] = "\\\""
    }
    {
      if (NR > 1) out = out "\\n"
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        out = out (c in code ? code[c] : c)
      }
    }
    END {
      gsub(/\342\200\250/, "\\u2028", out)
      gsub(/\342\200\251/, "\\u2029", out)
      print out
    }'
}

# What the command line said when it could not do it, and its exit code.
give_up() {
  if [ "$is_json" = true ]; then printf '%s\n' "$2"; fi
  printf '%s\n' "$(plain_text "$(text_at "$2" message)")" >&2
  # Not found, or not to be run: the shell has said so.
  if [ "$1" -eq 126 ] || [ "$1" -eq 127 ]; then exit 5; fi
  exit "$1"
}

run_id='' mode='' tasks_file='' project='' progress_file='' cli=''
prefix='' has_prefix=false direct='' is_resumed=false is_json=false
does_go_on=false
if [ "${CODENCER_CONTINUE_ON_FAILURE:-}" = 1 ]; then does_go_on=true; fi

# Each turn takes an argument from the front; what belongs to submit goes to the back, and alone is left at the end.
turns=$#
while [ "$turns" -gt 0 ]; do
  flag=$1
  shift
  turns=$((turns - 1))
  case $flag in
    --run-id | --input-mode | --tasks-file | --project | --progress-file | --title-prefix | --codencer | --orchestratorctl | \
      --adapter | --timeout | --policy | --validation | --acceptance)
      if [ "$turns" -eq 0 ]; then refuse "$flag requires a value"; fi
      value=$1
      shift
      turns=$((turns - 1))
      ;;
  esac
  case $flag in
    --run-id) run_id=$value ;;
    --input-mode) mode=$value ;;
    --tasks-file) tasks_file=$value ;;
    --project) project=$value ;;
    --progress-file) progress_file=$value ;;
    --title-prefix) prefix=$value has_prefix=true ;;
    --codencer | --orchestratorctl) cli=$value ;;
    --adapter | --timeout | --policy | --validation | --acceptance)
      direct=$flag
      set -- "$@" "$flag" "$value"
      ;;
    --stop-on-failure) does_go_on=false ;;
    --continue-on-failure) does_go_on=true ;;
    --resume) is_resumed=true ;;
    --json) is_json=true ;;
    --help) usage && exit 0 ;;
    *) refuse "Unknown argument: $flag" ;;
  esac
done

if [ -z "$run_id" ]; then refuse '--run-id is required'; fi
if [ -z "$tasks_file" ]; then refuse '--tasks-file is required'; fi
case $mode in
  goal) ;;
  prompt-file | task-file | task-json)
    if [ "$has_prefix" = true ]; then refuse '--title-prefix goes with --input-mode goal only'; fi
    ;;
  *) refuse '--input-mode must be task-file, task-json, prompt-file or goal' ;;
esac
case $mode in
  task-*) if [ -n "$direct" ]; then refuse "$direct goes with --input-mode prompt-file and goal only"; fi ;;
esac
if [ "$has_prefix" = false ]; then prefix=Task; fi
if [ -z "$cli" ]; then
  cli=$(dirname -- "$0")/../../bin/codencer.cjs
  if [ ! -x "$cli" ]; then cli=codencer; fi
fi

if [ ! -f "$tasks_file" ] || [ ! -r "$tasks_file" ]; then refuse "cannot read the list $tasks_file"; fi
carriage_return=$(printf '\r')
byte_order_mark=$(printf '\357\273\277')

# Sets source to the task in a line; fails when there is none.
is_task() {
  source=${1%"$carriage_return"}
  source=${source#"$byte_order_mark"}
  case $source in
    '#'*) return 1 ;;
    *[![:space:]]*) return 0 ;;
    *) return 1 ;;
  esac
}

total=0
while IFS= read -r line <&3 || [ -n "$line" ]; do
  if is_task "$line"; then total=$((total + 1)); fi
done 3<"$tasks_file"
if [ "$total" -eq 0 ]; then refuse "the list $tasks_file holds no task"; fi

instance=$("$cli" instance --json </dev/null) || give_up $? "$instance"
printf 'Codencer works on %s\n' "$(plain_text "$(text_at "$instance" repo_root)")" >&2

run=$("$cli" run state "$run_id" --json </dev/null)
code=$?
if [ "$code" -eq 1 ] && [ "$(status_of "$run")" = 404 ]; then
  if [ -z "$project" ]; then refuse "run $run_id does not exist; --project <project> creates it"; fi
  printf 'Creating run %s for project %s\n' "$run_id" "$project" >&2
  run=$("$cli" run start "$run_id" --project "$project" --json </dev/null) || give_up $? "$run"
elif [ "$code" -ne 0 ]; then
  give_up "$code" "$run"
fi
project_json=$(text_at "$run" project_id)

if [ -z "$progress_file" ]; then
  folder=$(plain_text "$(text_at "$instance" state_dir)")/run-tasks
  mkdir -p -- "$folder" || exit 5
  progress_file=$folder/$run_id.tsv
  # A repository could have brought a link, and what it leads to is not ours to write.
  if [ -L "$folder" ] || [ -L "$progress_file" ]; then
    printf 'The progress is not written through the link %s\n' "$progress_file" >&2
    exit 5
  fi
fi

step_ids() {
  "$cli" step list "$run_id" --json </dev/null | LC_ALL=C sed -n 's/^    "id": "\(.*\)",\{0,1\}$/\1/p'
}

cannot_write() {
  printf 'The progress cannot be written to %s\n' "$progress_file" >&2
  exit 5
}

# Steps that were there before are no task of this list.
if [ "$is_resumed" = false ] || [ ! -e "$progress_file" ]; then
  printf '' >"$progress_file" || cannot_write
  for id in $(step_ids); do printf '0\t%s\tbefore\n' "$id" >>"$progress_file" || cannot_write; done
fi

note() {
  printf '%s\t%s\t%s\n' "$index" "$1" "$source" >>"$progress_file" || cannot_write
}

# The step that this task became; "-" when that is not known, empty when it was never submitted.
noted_step() {
  TASK_INDEX=$index TASK_SOURCE=$source LC_ALL=C awk -F '\t' '
    $1 == ENVIRON["TASK_INDEX"] {
      rest = substr($0, length($1) + length($2) + 3) ""
      step = rest == (ENVIRON["TASK_SOURCE"] "") ? $2 : ""
    }
    END { print step }' <"$progress_file"
}

# A submit that was cut short: the newest step of the run that no task is known to have become.
adopted_step() {
  adopted=''
  for id in $(step_ids); do
    grep -qF "$(printf '\t%s\t' "$id")" <"$progress_file" || adopted=$id
  done
  printf '%s\n' "$adopted"
}

# What a document says of a step or of a failure.
read_outcome() {
  state=$(text_at "$out" state)
  message=''
  if [ -n "$state" ]; then
    if [ "$code" -ne 0 ]; then message=$(text_at "$out" status_reason); fi
    if [ "$code" -ne 0 ] && [ -z "$message" ]; then message=$(text_at "$out" summary); fi
    return
  fi
  state=$(text_at "$out" error)
  state=${state:-error}
  message=$(text_at "$out" message)
  if [ "$code" -eq 0 ]; then code=5; fi
}

wait_for_step() {
  out=$("$cli" step wait "$step" --json </dev/null)
  code=$?
  read_outcome
}

submit_task() {
  resumed=false
  step=''
  note -
  case $source in
    -*) path=./$source ;;
    *) path=$source ;;
  esac
  printf '[%s/%s] submitting %s\n' "$index" "$total" "$(plain_text "$(json_text "$source")")" >&2
  case $mode in
    task-file) out=$("$cli" submit "$run_id" "$path" --json </dev/null) ;;
    task-json) out=$("$cli" submit "$run_id" --task-json "$path" --json </dev/null) ;;
    prompt-file) out=$("$cli" submit "$run_id" --prompt-file "$path" "$@" --json </dev/null) ;;
    goal) out=$("$cli" submit "$run_id" --goal "$source" --title "$prefix $index" "$@" --json </dev/null) ;;
  esac
  code=$?
  step=$(text_at "$out" id)
  if [ "$code" -eq 0 ] && [ -n "$step" ]; then
    note "$step"
    wait_for_step
    return
  fi
  read_outcome
  if [ "$code" -eq 1 ]; then note ''; fi
}

# Goes on with what became of a task before; submits it when nothing did, or when that has failed.
resume_task() {
  step=$(noted_step)
  if [ "$step" = - ]; then
    step=$(adopted_step)
    if [ -n "$step" ]; then note "$step"; fi
  fi
  if [ -z "$step" ]; then
    submit_task "$@"
    return
  fi
  resumed=true
  out=$("$cli" step state "$step" --json </dev/null)
  code=$?
  read_outcome
  if [ "$code" -ne 0 ]; then
    if [ "$code" -eq 1 ] && [ "$(status_of "$out")" = 404 ]; then submit_task "$@"; fi
    return
  fi
  case $state in
    completed | completed_with_warnings) ;;
    failed_* | timeout | cancelled) submit_task "$@" ;;
    *)
      printf '[%s/%s] waiting for %s: %s\n' "$index" "$total" "$step" "$(plain_text "$(json_text "$source")")" >&2
      wait_for_step
      ;;
  esac
}

index=0 succeeded=0 failed=0 final=0 results=''
while IFS= read -r line <&3 || [ -n "$line" ]; do
  if ! is_task "$line"; then continue; fi
  index=$((index + 1))
  if [ "$is_resumed" = true ]; then resume_task "$@"; else submit_task "$@"; fi
  if [ "$code" -ge 128 ]; then exit 130; fi
  if [ "$code" -eq 0 ]; then succeeded=$((succeeded + 1)); else failed=$((failed + 1)); fi
  if [ "$final" -eq 0 ]; then final=$code; fi
  if [ "$is_json" = true ]; then
    comma=,
    if [ -z "$results" ]; then comma=''; fi
    results="$results$comma
    {
      \"index\": $index,
      \"source\": \"$(json_text "$source")\",
      \"step_id\": \"$step\",
      \"state\": \"$state\",
      \"exit_code\": $code,
      \"resumed\": $resumed,
      \"message\": \"$message\"
    }"
  else
    about=$state
    if [ "$resumed" = true ]; then about="$about (from before)"; fi
    if [ "$code" -ne 0 ]; then about="$about, exit $code"; fi
    printf '[%s/%s] %s: %s%s\n' "$index" "$total" "$about" "$(plain_text "$(json_text "$source")")" "${step:+ ($step)}"
  fi
  if [ "$code" -ne 0 ] && [ -n "$message" ]; then printf '        %s\n' "$(plain_text "$message")" >&2; fi
  if [ "$code" -ne 0 ] && [ "$does_go_on" = false ]; then break; fi
done 3<"$tasks_file"

not_run=$((total - succeeded - failed))
if [ "$is_json" = true ]; then
  cat <<DOCUMENT
{
  "run_id": "$run_id",
  "project": "$project_json",
  "input_mode": "$mode",
  "continue_on_failure": $does_go_on,
  "tasks_total": $total,
  "tasks_succeeded": $succeeded,
  "tasks_failed": $failed,
  "tasks_not_run": $not_run,
  "results": [$results
  ],
  "final_exit_code": $final
}
DOCUMENT
else
  printf '%s tasks: %s completed, %s failed, %s not run.\n' "$total" "$succeeded" "$failed" "$not_run"
fi
if [ "$final" -ne 0 ]; then printf 'To go on where this ended, run the same again with --resume.\n' >&2; fi
exit "$final"
