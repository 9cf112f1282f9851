# Sends the events of Amazon IVS in a region to ivs-graphql: what cloudformation.yaml creates, for Terraform.

terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.33"
    }
  }
}

variable "name" {
  description = "Prefix of the names of all resources. Unique in the account and region."
  type        = string
  default     = "ivs-graphql-events"
}

variable "delivery" {
  description = "api-destination sends each event to events_url. sqs puts it into a queue that the gateway reads."
  type        = string
  default     = "api-destination"
  validation {
    condition     = contains(["api-destination", "sqs"], var.delivery)
    error_message = "delivery: expected api-destination or sqs."
  }
}

variable "events_url" {
  description = "Events URL of the gateway. Required for api-destination."
  type        = string
  default     = ""
  validation {
    condition     = can(regex("^(https://[^\\s*]+)?$", var.events_url))
    error_message = "events_url: expected an https URL, as https://ivs.example.com/events."
  }
}

variable "events_secret" {
  description = "A value of EVENTS_SECRET of the gateway. Required for api-destination. The state holds it."
  type        = string
  default     = ""
  sensitive   = true
  validation {
    condition     = can(regex("^([!-+.-~-]{32,512})?$", var.events_secret))
    error_message = "events_secret: expected 32 to 512 printable characters without spaces and commas."
  }
}

variable "rate_per_second" {
  description = "Events per second that api-destination sends at most. EventBridge delays the rest."
  type        = number
  default     = 300
}

variable "cloudtrail_writes" {
  description = "Also send what other clients of the IVS API change. Requires an active trail in the account."
  type        = bool
  default     = true
}

variable "alarm_topic_arn" {
  description = "SNS topic for the alarms. Without one, they only change their state."
  type        = string
  default     = ""
}

data "aws_caller_identity" "current" {}

locals {
  by_queue = var.delivery == "sqs"
  patterns = {
    ivs = {
      source        = ["aws.ivs"]
      "detail-type" = [{ "anything-but" = ["AWS API Call via CloudTrail"] }]
    }
    # ENABLED leaves out what CloudTrail marks as read-only; the pattern leaves out the reads of IVS, marked or not.
    cloudtrail = {
      source        = ["aws.ivs"]
      "detail-type" = ["AWS API Call via CloudTrail"]
      detail = {
        eventSource = ["ivs.amazonaws.com"]
        eventName   = [{ "anything-but" = { prefix = ["BatchGet", "Get", "List"] } }]
      }
    }
  }
  rules         = toset(var.cloudtrail_writes ? ["ivs", "cloudtrail"] : ["ivs"])
  target_arn    = local.by_queue ? aws_sqs_queue.events[0].arn : aws_cloudwatch_event_api_destination.gateway[0].arn
  role_arn      = local.by_queue ? null : aws_iam_role.delivery[0].arn
  alarm_actions = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
}

# Rules. They have no event_bus_name: IVS and CloudTrail send to the default bus only.

resource "aws_cloudwatch_event_rule" "events" {
  for_each      = local.rules
  name          = "${var.name}-${each.key}"
  description   = "Events of Amazon IVS to ivs-graphql"
  state         = "ENABLED"
  event_pattern = jsonencode(local.patterns[each.key])
}

resource "aws_cloudwatch_event_target" "events" {
  for_each  = local.rules
  rule      = aws_cloudwatch_event_rule.events[each.key].name
  target_id = "gateway"
  arn       = local.target_arn
  role_arn  = local.role_arn
  # The gateway keeps no response longer than an hour, so an older event has no effect.
  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 185
  }
  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }
}

resource "aws_cloudwatch_event_rule" "heartbeat" {
  name                = "${var.name}-heartbeat"
  description         = "Shows ivs-graphql each minute that events arrive"
  state               = "ENABLED"
  schedule_expression = "rate(1 minute)"
}

resource "aws_cloudwatch_event_target" "heartbeat" {
  rule      = aws_cloudwatch_event_rule.heartbeat.name
  target_id = "gateway"
  arn       = local.target_arn
  role_arn  = local.role_arn
  # The next one follows after a minute. A dead-letter queue would hold nothing else.
  retry_policy {
    maximum_event_age_in_seconds = 60
    maximum_retry_attempts       = 2
  }
}

# Delivery by API destination

resource "aws_cloudwatch_event_connection" "gateway" {
  count              = local.by_queue ? 0 : 1
  name               = var.name
  description        = "The secret of ivs-graphql"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-ivs-events-key"
      value = var.events_secret
    }
  }
  lifecycle {
    precondition {
      condition     = var.events_secret != ""
      error_message = "events_secret: expected a secret, since delivery is api-destination."
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "gateway" {
  count                            = local.by_queue ? 0 : 1
  name                             = var.name
  description                      = "The events URL of ivs-graphql"
  connection_arn                   = aws_cloudwatch_event_connection.gateway[0].arn
  http_method                      = "POST"
  invocation_endpoint              = var.events_url
  invocation_rate_limit_per_second = var.rate_per_second
  lifecycle {
    precondition {
      condition     = var.events_url != ""
      error_message = "events_url: expected a URL, since delivery is api-destination."
    }
  }
}

resource "aws_iam_role" "delivery" {
  count       = local.by_queue ? 0 : 1
  name_prefix = "${var.name}-"
  description = "EventBridge sends events to ivs-graphql"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "delivery" {
  count = local.by_queue ? 0 : 1
  name  = "send-to-gateway"
  role  = aws_iam_role.delivery[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:InvokeApiDestination"
      Resource = aws_cloudwatch_event_api_destination.gateway[0].arn
    }]
  })
}

# Delivery by queue

resource "aws_sqs_queue" "events" {
  count                      = local.by_queue ? 1 : 0
  name                       = var.name
  message_retention_seconds  = 3600
  receive_wait_time_seconds  = 20
  visibility_timeout_seconds = 30
  sqs_managed_sse_enabled    = true
  # Every 30 s for 50 minutes, as long as EventBridge repeats events to an API destination.
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 100
  })
}

resource "aws_sqs_queue_policy" "events" {
  count     = local.by_queue ? 1 : 0
  queue_url = aws_sqs_queue.events[0].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.events[0].arn
      Condition = {
        ArnEquals = {
          "aws:SourceArn" = concat(
            [for rule in aws_cloudwatch_event_rule.events : rule.arn],
            [aws_cloudwatch_event_rule.heartbeat.arn],
          )
        }
      }
    }]
  })
}

resource "aws_iam_policy" "gateway" {
  count       = local.by_queue ? 1 : 0
  name_prefix = "${var.name}-"
  description = "ivs-graphql reads its events"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      Resource = aws_sqs_queue.events[0].arn
    }]
  })
}

# Events that could not be delivered

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.name}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dead_letters.arn
      Condition = {
        ArnEquals = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.events : rule.arn] }
      }
    }]
  })
}

# Alarms

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.name}-dead-letters"
  alarm_description   = "Events of IVS did not reach ivs-graphql. The attributes of the messages have the reason."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

# Events are repeated for an hour before they reach the dead-letter queue; a heartbeat fails after a minute.
resource "aws_cloudwatch_metric_alarm" "heartbeat" {
  alarm_name          = "${var.name}-heartbeat"
  alarm_description   = "Heartbeats have not reached ivs-graphql for three minutes"
  namespace           = "AWS/Events"
  metric_name         = "FailedInvocations"
  dimensions          = { RuleName = aws_cloudwatch_event_rule.heartbeat.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "events" {
  count               = local.by_queue ? 1 : 0
  alarm_name          = "${var.name}-unread"
  alarm_description   = "ivs-graphql has not read its events for three minutes"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.events[0].name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 180
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

output "ivs_rule_name" {
  description = "Rule for the events of IVS"
  value       = aws_cloudwatch_event_rule.events["ivs"].name
}

output "heartbeat_rule_name" {
  description = "Rule for the heartbeat"
  value       = aws_cloudwatch_event_rule.heartbeat.name
}

output "dead_letter_queue_url" {
  description = "Events that could not be delivered"
  value       = aws_sqs_queue.dead_letters.url
}

output "events_queue_url" {
  description = "The queue that the gateway reads"
  value       = one(aws_sqs_queue.events[*].url)
}

output "gateway_policy_arn" {
  description = "Attach this policy to the role of the gateway"
  value       = one(aws_iam_policy.gateway[*].arn)
}
