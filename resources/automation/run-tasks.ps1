#!/usr/bin/env pwsh
#Requires -Version 7.3
# Hands an ordered list of tasks to Codencer, one after the other, and tells how they ended.
# Needs PowerShell 7.3 or newer (older ones lose quotes on the way to a program) and Codencer's command line.
# Its siblings in other languages do the same. Options are read from $args: they have two dashes like everywhere else.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandArgumentPassing = 'Standard'
$PSNativeCommandUseErrorActionPreference = $false

$usage = @'
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
'@

$utf8 = [System.Text.UTF8Encoding]::new($false)
[Console]::OutputEncoding = $utf8

function Write-Out([string] $Text) { [Console]::Out.Write($Text) }
function Write-Note([string] $Text) { [Console]::Error.Write($Text + "`n") }

function Stop-Wrong([string] $Sentence) {
  Write-Note $Sentence
  Write-Note 'What it takes: run-tasks --help'
  exit 1
}

$direct = [System.Collections.Generic.List[string]]::new()
$values = @{}
$doesGoOn = $env:CODENCER_CONTINUE_ON_FAILURE -eq '1'
$isResumed = $false
$isJson = $false
$directFlags = '--adapter', '--timeout', '--policy', '--validation', '--acceptance'
$valueFlags = $directFlags + @(
  '--run-id', '--input-mode', '--tasks-file', '--project', '--progress-file', '--title-prefix', '--codencer', '--orchestratorctl'
)

for ($position = 0; $position -lt $args.Count; $position++) {
  $flag = [string] $args[$position]
  if ($valueFlags -ccontains $flag) {
    $position++
    if ($position -ge $args.Count) { Stop-Wrong "$flag requires a value" }
    $value = [string] $args[$position]
    if ($directFlags -ccontains $flag) {
      $direct.Add($flag)
      $direct.Add($value)
    }
    elseif ($flag -ceq '--orchestratorctl') { $values['--codencer'] = $value }
    else { $values[$flag] = $value }
  }
  elseif ($flag -ceq '--stop-on-failure') { $doesGoOn = $false }
  elseif ($flag -ceq '--continue-on-failure') { $doesGoOn = $true }
  elseif ($flag -ceq '--resume') { $isResumed = $true }
  elseif ($flag -ceq '--json') { $isJson = $true }
  elseif ($flag -ceq '--help') {
    Write-Out ($usage.Replace("`r", '') + "`n")
    exit 0
  }
  else { Stop-Wrong "Unknown argument: $flag" }
}

$runId = [string] $values['--run-id']
$mode = [string] $values['--input-mode']
$tasksFile = [string] $values['--tasks-file']
if ($runId -eq '') { Stop-Wrong '--run-id is required' }
if ($tasksFile -eq '') { Stop-Wrong '--tasks-file is required' }
if ('task-file', 'task-json', 'prompt-file', 'goal' -cnotcontains $mode) {
  Stop-Wrong '--input-mode must be task-file, task-json, prompt-file or goal'
}
if ($mode -cne 'goal' -and $values.ContainsKey('--title-prefix')) { Stop-Wrong '--title-prefix goes with --input-mode goal only' }
if ($mode.StartsWith('task-') -and $direct.Count -gt 0) {
  Stop-Wrong "$($direct[$direct.Count - 2]) goes with --input-mode prompt-file and goal only"
}
$prefix = $values.ContainsKey('--title-prefix') ? $values['--title-prefix'] : 'Task'

$here = (Get-Location).ProviderPath
try { $text = [System.IO.File]::ReadAllText([System.IO.Path]::GetFullPath($tasksFile, $here), $utf8) }
catch { Stop-Wrong "cannot read the list $tasksFile" }
$lines = $text.TrimStart([char] 0xFEFF).Split("`n") | ForEach-Object { $_ -replace "`r$", '' }
$tasks = @($lines | Where-Object { $_ -match '\S' -and -not $_.StartsWith('#') })
if ($tasks.Count -eq 0) { Stop-Wrong "the list $tasksFile holds no task" }

$program = @('codencer')
$own = Join-Path $PSScriptRoot '../../bin/codencer.cjs'
if ($values['--codencer']) { $program = @($values['--codencer']) }
elseif (Test-Path -LiteralPath $own) { $program = @('node', $own) }

function Get-Field($Document, [string] $Key) {
  if ($Document -is [System.Collections.IDictionary] -and $Document.Contains($Key)) { return $Document[$Key] }
  return $null
}

# Runs one command with --json: its exit code and the document that it printed.
function Invoke-Codencer([string[]] $Arguments) {
  $file, $before = $program
  $all = @($before) + $Arguments + '--json' | Where-Object { $null -ne $_ }
  $printed = ''
  $code = 5
  try {
    $printed = ($null | & $file @all) -join "`n"
    $code = $LASTEXITCODE
  }
  catch { Write-Note "$file cannot be started: $($_.Exception.Message)" }
  $document = @{}
  # No JSON: what was looked for in it is missing, and that is said.
  try { $document = ConvertFrom-Json $printed -AsHashtable -NoEnumerate } catch { $document = @{} }
  return @{ Code = $code; Document = $document; Text = $printed }
}

function Format-OneLine([string] $Text) { return $Text -replace '[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', ' ' }

function Stop-Refused($Reply) {
  if ($isJson) { Write-Out ($Reply.Text + "`n") }
  Write-Note (Format-OneLine (Get-Field $Reply.Document 'message'))
  exit $Reply.Code
}

function Open-Run {
  $found = Invoke-Codencer 'run', 'state', $runId
  if ($found.Code -eq 0) { return $found }
  if ($found.Code -ne 1 -or (Get-Field $found.Document 'status') -ne 404) { Stop-Refused $found }
  $project = $values['--project']
  if (-not $project) { Stop-Wrong "run $runId does not exist; --project <project> creates it" }
  Write-Note "Creating run $runId for project $project"
  $started = Invoke-Codencer 'run', 'start', $runId, '--project', $project
  if ($started.Code -ne 0) { Stop-Refused $started }
  return $started
}

$instance = Invoke-Codencer 'instance'
if ($instance.Code -ne 0) { Stop-Refused $instance }
Write-Note "Codencer works on $(Get-Field $instance.Document 'repo_root')"
$run = Open-Run

function Get-StepIds {
  $steps = (Invoke-Codencer 'step', 'list', $runId).Document
  if ($steps -is [System.Collections.IDictionary]) { return @() }
  return @($steps | ForEach-Object { $_['id'] })
}

function Invoke-Writing([scriptblock] $Work) {
  try { & $Work }
  catch {
    Write-Note "The progress cannot be written to $progressFile"
    exit 5
  }
}

$progressFile = $values['--progress-file']
if (-not $progressFile) {
  $folder = Join-Path (Get-Field $instance.Document 'state_dir') 'run-tasks'
  $progressFile = Join-Path $folder "$runId.tsv"
  Invoke-Writing { [void] [System.IO.Directory]::CreateDirectory($folder) }
  # A repository could have brought a link, and what it leads to is not ours to write.
  if ([System.IO.DirectoryInfo]::new($folder).LinkTarget -or [System.IO.FileInfo]::new($progressFile).LinkTarget) {
    Write-Note "The progress is not written through the link $progressFile"
    exit 5
  }
}
$progressFile = [System.IO.Path]::GetFullPath($progressFile, $here)

# Steps that were there before are no task of this list.
if (-not $isResumed -or -not (Test-Path -LiteralPath $progressFile)) {
  $before = (@(Get-StepIds) | ForEach-Object { "0`t$_`tbefore`n" }) -join ''
  Invoke-Writing { [System.IO.File]::WriteAllText($progressFile, $before, $utf8) }
}

function Add-Progress($Task, [string] $StepId) {
  Invoke-Writing { [System.IO.File]::AppendAllText($progressFile, "$($Task.Index)`t$StepId`t$($Task.Source)`n", $utf8) }
}

function Get-Progress {
  $noted = [System.IO.File]::ReadAllText($progressFile, $utf8).Split("`n") | Where-Object { $_ -ne '' }
  return @($noted | ForEach-Object {
      $index, $stepId, $source = $_.Split("`t", 3)
      @{ Index = $index; StepId = $stepId; Source = $source }
    })
}

# The step that this task became; "-" when that is not known, empty when it was never submitted.
function Get-NotedStep($Task) {
  $last = @(Get-Progress | Where-Object { $_.Index -eq "$($Task.Index)" }) | Select-Object -Last 1
  if ($null -ne $last -and $last.Source -ceq $Task.Source) { return $last.StepId }
  return ''
}

# A submit that was cut short: the newest step of the run that no task is known to have become.
function Get-AdoptedStep {
  $known = @(Get-Progress | ForEach-Object { $_.StepId })
  return [string] (@(Get-StepIds | Where-Object { $known -cnotcontains $_ }) | Select-Object -Last 1)
}

# What a document says of a step or of a failure.
function Get-Outcome($Reply, [string] $StepId, [bool] $Resumed) {
  $state = [string] (Get-Field $Reply.Document 'state')
  $code = $Reply.Code
  $message = ''
  if ($state -ne '') {
    if ($code -ne 0) { $message = [string] (Get-Field $Reply.Document 'status_reason') }
    if ($code -ne 0 -and $message -eq '') { $message = [string] (Get-Field $Reply.Document 'summary') }
  }
  else {
    $state = [string] (Get-Field $Reply.Document 'error')
    if ($state -eq '') { $state = 'error' }
    $message = [string] (Get-Field $Reply.Document 'message')
    if ($code -eq 0) { $code = 5 }
  }
  return @{ Code = $code; State = $state; Message = $message; StepId = $StepId; Resumed = $Resumed }
}

function Wait-Step([string] $StepId, [bool] $Resumed) {
  return Get-Outcome (Invoke-Codencer 'step', 'wait', $StepId) $StepId $Resumed
}

function Get-SourceArguments($Task) {
  $path = $Task.Source.StartsWith('-') ? "./$($Task.Source)" : $Task.Source
  switch -CaseSensitive ($mode) {
    'task-file' { return @($path) }
    'task-json' { return @('--task-json', $path) }
    'prompt-file' { return @('--prompt-file', $path) + $direct }
    default { return @('--goal', $Task.Source, '--title', "$prefix $($Task.Index)") + $direct }
  }
}

function Submit-Task($Task) {
  Add-Progress $Task '-'
  Write-Note "[$($Task.Index)/$($tasks.Count)] submitting $(Format-OneLine $Task.Source)"
  $submitted = Invoke-Codencer (@('submit', $runId) + (Get-SourceArguments $Task))
  $stepId = [string] (Get-Field $submitted.Document 'id')
  if ($submitted.Code -eq 0 -and $stepId -ne '') {
    Add-Progress $Task $stepId
    return Wait-Step $stepId $false
  }
  if ($submitted.Code -eq 1) { Add-Progress $Task '' }
  return Get-Outcome $submitted '' $false
}

# Goes on with what became of a task before; submits it when nothing did, or when that has failed.
function Resume-Task($Task) {
  $stepId = Get-NotedStep $Task
  if ($stepId -ceq '-') {
    $stepId = Get-AdoptedStep
    if ($stepId -ne '') { Add-Progress $Task $stepId }
  }
  if ($stepId -eq '') { return Submit-Task $Task }
  $found = Invoke-Codencer 'step', 'state', $stepId
  $outcome = Get-Outcome $found $stepId $true
  if ($found.Code -eq 1 -and (Get-Field $found.Document 'status') -eq 404) { return Submit-Task $Task }
  if ($outcome.Code -ne 0 -or $outcome.State -cmatch '^completed(_with_warnings)?$') { return $outcome }
  if ($outcome.State -cmatch '^(failed_.*|timeout|cancelled)$') { return Submit-Task $Task }
  Write-Note "[$($Task.Index)/$($tasks.Count)] waiting for ${stepId}: $(Format-OneLine $Task.Source)"
  return Wait-Step $stepId $true
}

# As the command line prints it: <, > and & escaped. ConvertTo-Json of one text alone is one line.
function Format-Text([string] $Text) {
  $json = ConvertTo-Json $Text -EscapeHandling Default
  return [regex]::Replace($json, "[<>&\u2028\u2029]", { param($found) '\u{0:x4}' -f [int] [char] $found.Value })
}

$results = [System.Collections.Generic.List[string]]::new()
$succeeded = 0
$failed = 0
$final = 0
for ($position = 0; $position -lt $tasks.Count; $position++) {
  $task = @{ Index = $position + 1; Source = $tasks[$position] }
  $outcome = $isResumed ? (Resume-Task $task) : (Submit-Task $task)
  if ($outcome.Code -ge 128 -or $outcome.Code -lt 0) { exit 130 }
  if ($outcome.Code -eq 0) { $succeeded++ } else { $failed++ }
  if ($final -eq 0) { $final = $outcome.Code }
  if ($isJson) {
    $results.Add(@"
    {
      "index": $($task.Index),
      "source": $(Format-Text $task.Source),
      "step_id": $(Format-Text $outcome.StepId),
      "state": $(Format-Text $outcome.State),
      "exit_code": $($outcome.Code),
      "resumed": $($outcome.Resumed ? 'true' : 'false'),
      "message": $(Format-Text $outcome.Message)
    }
"@.Replace("`r", ''))
  }
  else {
    $about = $outcome.State
    if ($outcome.Resumed) { $about += ' (from before)' }
    if ($outcome.Code -ne 0) { $about += ", exit $($outcome.Code)" }
    $step = $outcome.StepId -eq '' ? '' : " ($($outcome.StepId))"
    Write-Out "[$($task.Index)/$($tasks.Count)] ${about}: $(Format-OneLine $task.Source)$step`n"
  }
  if ($outcome.Code -ne 0 -and $outcome.Message -ne '') { Write-Note "        $(Format-OneLine $outcome.Message)" }
  if ($outcome.Code -ne 0 -and -not $doesGoOn) { break }
}

$notRun = $tasks.Count - $succeeded - $failed
if ($isJson) {
  Write-Out (@"
{
  "run_id": $(Format-Text $runId),
  "project": $(Format-Text (Get-Field $run.Document 'project_id')),
  "input_mode": "$mode",
  "continue_on_failure": $($doesGoOn ? 'true' : 'false'),
  "tasks_total": $($tasks.Count),
  "tasks_succeeded": $succeeded,
  "tasks_failed": $failed,
  "tasks_not_run": $notRun,
  "results": [
$($results -join ",`n")
  ],
  "final_exit_code": $final
}

"@.Replace("`r", ''))
}
else { Write-Out "$($tasks.Count) tasks: $succeeded completed, $failed failed, $notRun not run.`n" }
if ($final -ne 0) { Write-Note 'To go on where this ended, run the same again with --resume.' }
exit $final
