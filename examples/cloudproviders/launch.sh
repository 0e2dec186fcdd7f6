#!/usr/bin/env bash
# Launches the whole solution with AWS CLI calls alone, on AWS or on aloft (`eval "$(aloft env)"` names its endpoint).
# Running it again is safe: it updates what is there, and follows the pipeline.
#
#   STACK_NAME=cloudproviders     the stack to create (at most 24 characters); the application's stack is NAME-app
#   GITHUB_TOKEN=…                a personal access token with the scopes repo and admin:repo_hook; any text on aloft
#   GITHUB_OWNER, GITHUB_REPOSITORY, GITHUB_BRANCH
#   CONNECTION_ARN=arn:…          a connection to GitHub, in place of the token and the repository's resource: what AWS
#                                 recommends today, and needs a repository that exists and holds this folder's files
#   RELEASE_APPROVAL=manual       asks a person before each deployment
#   NOTIFICATION_EMAIL=…          is told of failures
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
STACK_NAME="${STACK_NAME:-cloudproviders}"
GITHUB_OWNER="${GITHUB_OWNER:-aloft}"
GITHUB_REPOSITORY="${GITHUB_REPOSITORY:-$STACK_NAME}"
GITHUB_BRANCH="${GITHUB_BRANCH:-main}"
CONNECTION_ARN="${CONNECTION_ARN:-}"
RELEASE_APPROVAL="${RELEASE_APPROVAL:-automatic}"
NOTIFICATION_EMAIL="${NOTIFICATION_EMAIL:-}"
SECRET_NAME=github/personal-access-token
SOURCE_KEY=cloudproviders.zip
POLL_SECONDS="${POLL_SECONDS:-2}"
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT

main() {
  [ "${#STACK_NAME}" -le 24 ] || fail "STACK_NAME has ${#STACK_NAME} characters, more than 24."
  local account region
  account="$(aws sts get-caller-identity --query Account --output text)"
  region="${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}"
  [ -n "$region" ] || fail "No region is set. Next: export AWS_REGION=us-east-1"
  export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
  SOURCE_BUCKET="$STACK_NAME-source-$account-$region"

  [ -n "$CONNECTION_ARN" ] || create_secret
  upload_source
  launch_stack
  follow_pipeline
  show_result
}

say() { printf '%s\n' "$*"; }
fail() { printf 'launch.sh: %s\n' "$*" >&2; exit 1; }

create_secret() {
  if aws secretsmanager describe-secret --secret-id "$SECRET_NAME" >/dev/null 2>&1; then
    say "secret     $SECRET_NAME is there"
    return
  fi
  local token="${GITHUB_TOKEN:-}"
  if [ -z "$token" ]; then
    [ -n "${AWS_ENDPOINT_URL:-}" ] || fail "GITHUB_TOKEN is not set. Next: GITHUB_TOKEN=… GITHUB_OWNER=… $0"
    # The local Git host takes any token; one that cannot be guessed costs nothing.
    token="$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')"
  fi
  # Through a file that only this user can read: arguments of a process are seen by everyone on the machine.
  (umask 077 && printf '%s' "$token" >"$WORK/token")
  aws secretsmanager create-secret --name "$SECRET_NAME" --secret-string "file://$WORK/token" \
    --description "Lets CodePipeline read the repository" >/dev/null
  say "secret     $SECRET_NAME created"
}

upload_source() {
  aws s3api head-bucket --bucket "$SOURCE_BUCKET" >/dev/null 2>&1 || aws s3 mb "s3://$SOURCE_BUCKET" >/dev/null
  if git -C "$HERE" rev-parse --verify --quiet HEAD:./pipeline.yml >/dev/null 2>&1; then
    # Run in a folder, git archive takes that folder's committed files alone, with paths from there.
    (cd "$HERE" && git archive --format=zip --output="$WORK/source.zip" HEAD)
  else
    (cd "$HERE" && zip -qr "$WORK/source.zip" . -x 'node_modules/*' 'dist/*' 'reports/*' '.git/*')
  fi
  aws s3 cp --quiet "$WORK/source.zip" "s3://$SOURCE_BUCKET/$SOURCE_KEY"
  say "source     s3://$SOURCE_BUCKET/$SOURCE_KEY"
}

launch_stack() {
  local status arguments output
  status="$(stack_status)"
  arguments=(
    --stack-name "$STACK_NAME" --template-body "file://$HERE/pipeline.yml" --capabilities CAPABILITY_IAM
    --parameters
    "ParameterKey=SourceBucket,ParameterValue=$SOURCE_BUCKET"
    "ParameterKey=SourceKey,ParameterValue=$SOURCE_KEY"
    "ParameterKey=GitHubOwner,ParameterValue=$GITHUB_OWNER"
    "ParameterKey=GitHubRepository,ParameterValue=$GITHUB_REPOSITORY"
    "ParameterKey=GitHubBranch,ParameterValue=$GITHUB_BRANCH"
    "ParameterKey=ConnectionArn,ParameterValue=$CONNECTION_ARN"
    "ParameterKey=ReleaseApproval,ParameterValue=$RELEASE_APPROVAL"
    "ParameterKey=NotificationEmail,ParameterValue=$NOTIFICATION_EMAIL"
  )
  case "$status" in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED | CREATE_FAILED | DELETE_FAILED)
      fail "The stack $STACK_NAME is in $status and cannot be updated.
Next: aws cloudformation delete-stack --stack-name $STACK_NAME" ;;
    *_IN_PROGRESS)
      say "stack      $STACK_NAME is in $status; waiting for that"
      wait_for_stack ;;
    NONE)
      aws cloudformation create-stack "${arguments[@]}" >/dev/null
      say "stack      $STACK_NAME is being created"
      wait_for_stack ;;
    *)
      if output="$(aws cloudformation update-stack "${arguments[@]}" 2>&1)"; then
        say "stack      $STACK_NAME is being updated"
        wait_for_stack
      else
        case "$output" in
          *"No updates are to be performed"*) say "stack      $STACK_NAME is up to date" ;;
          *) fail "$output" ;;
        esac
      fi ;;
  esac
}

# NONE when there is no such stack; any other error ends the launch.
stack_status() {
  local status
  if status="$(aws cloudformation describe-stacks --stack-name "$STACK_NAME" \
    --query 'Stacks[0].StackStatus' --output text 2>&1)"; then
    say "$status"
  else
    case "$status" in
      *"does not exist"*) say NONE ;;
      *) fail "$status" ;;
    esac
  fi
}

wait_for_stack() {
  local status
  while status="$(stack_status)"; do
    case "$status" in *_IN_PROGRESS) sleep "$POLL_SECONDS" ;; *) break ;; esac
  done
  say "stack      $STACK_NAME is $status"
  case "$status" in
    CREATE_COMPLETE | UPDATE_COMPLETE) ;;
    *)
      aws cloudformation describe-stack-events --stack-name "$STACK_NAME" --output table \
        --query "StackEvents[?contains(ResourceStatus,'FAILED')].[LogicalResourceId,ResourceStatus,ResourceStatusReason]" >&2
      fail "The stack $STACK_NAME failed." ;;
  esac
}

follow_pipeline() {
  local pipeline execution status actions seen=""
  pipeline="$(output "$STACK_NAME" PipelineName)"
  while :; do
    # The newest execution; a pipeline that was just created takes a moment to have its first.
    read -r execution status < <(aws codepipeline list-pipeline-executions --pipeline-name "$pipeline" \
      --max-items 1 --query 'pipelineExecutionSummaries[0].[pipelineExecutionId,status]' --output text | head -n 1) || true
    if [ "${execution:-None}" != None ]; then
      actions="$(aws codepipeline list-action-executions --pipeline-name "$pipeline" \
        --filter "pipelineExecutionId=$execution" --output text \
        --query 'reverse(actionExecutionDetails)[].[stageName,actionName,status,output.executionResult.externalExecutionSummary]')"
      seen="$(show_new "$seen" "$actions")"
      [ "$status" = InProgress ] || [ "$status" = Stopping ] || break
    fi
    sleep "$POLL_SECONDS"
  done
  say "pipeline   $pipeline: $status (execution $execution)"
  [ "$status" = Succeeded ] || fail "The pipeline did not succeed.
Next: aws codepipeline get-pipeline-state --name $pipeline"
}

# Shows the lines that were not there before (on standard error), and prints all that are known now.
show_new() {
  local before="$1" now="$2" stage action status summary line
  while IFS=$'\t' read -r stage action status summary; do
    [ -n "$stage" ] || continue
    line="$stage/$action $status"
    case "$before" in *"|$line|"*) continue ;; esac
    before="$before|$line|"
    [ "$status" = Failed ] && line="$line: $summary"
    printf 'pipeline   %s\n' "$line" >&2
  done <<<"$now"
  printf '%s' "$before"
}

show_result() {
  local api
  say
  aws cloudformation describe-stacks --stack-name "$STACK_NAME" --output table \
    --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]'
  api="$(output "$(output "$STACK_NAME" ApplicationStackName)" GetDataApi)"
  say
  say "GetDataApi $api"
  curl --fail --silent --show-error --retry 5 --retry-connrefused "$api"
  say
}

output() {
  aws cloudformation describe-stacks --stack-name "$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}

main "$@"
