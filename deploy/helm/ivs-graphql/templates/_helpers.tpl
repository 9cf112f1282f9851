{{- define "ivs-graphql.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "ivs-graphql.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ivs-graphql.labels" -}}
{{ include "ivs-graphql.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "ivs-graphql.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "ivs-graphql.fullname" .) }}
{{- else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "ivs-graphql.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}
{{- else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* Settings that are set. */}}
{{- define "ivs-graphql.settings" -}}
{{- range $name, $value := .Values.settings }}
{{- $isWhole := and (kindIs "float64" $value) (eq (toString $value) (toString (float64 (int64 $value)))) }}
{{- /* A large number of a values file is a float here, and would become 1e+06 */ -}}
{{- $text := ternary (int64 $value) $value $isWhole | toString }}
{{- /* YAML reads on, off, yes and no as booleans; the gateway's own switches are on or off, OpenTelemetry's true or false */ -}}
{{- if and (kindIs "bool" $value) (not (hasPrefix "OTEL_" $name)) }}{{ $text = ternary "on" "off" $value }}{{ end }}
{{- if and $text (not (kindIs "invalid" $value)) }}
{{ $name }}: {{ $text | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Requests are taken for SHUTDOWN_DELAY_MS after SIGTERM, then those in flight get 10 s. 10 s more for the process to end. */}}
{{- define "ivs-graphql.graceSeconds" -}}
{{- $delay := hasKey .Values.settings "SHUTDOWN_DELAY_MS" | ternary .Values.settings.SHUTDOWN_DELAY_MS 5000 | int -}}
{{- add (div (add $delay 999) 1000) 20 -}}
{{- end }}

{{- define "ivs-graphql.hasRedis" -}}
{{- if or .Values.secrets.REDIS_URL .Values.settings.REDIS_URL .Values.settings.REDIS_URL_FILE }}true{{ end }}
{{- end }}

{{/* The first endpoint of OpenTelemetry that needs a rule: neither in the pod, nor at port 443, which is open. */}}
{{- define "ivs-graphql.collector" -}}
{{- $found := list }}
{{- range $name, $value := .Values.settings }}
{{- if and $value (regexMatch "^OTEL_EXPORTER_OTLP_([A-Z]+_)?ENDPOINT$" $name) }}
{{- if not (regexMatch "^(?i)(https?://(localhost|127[.][0-9.]+|[[]::1[]])(:|/|$)|https://[^/:]+(:443)?(/|$)|http://[^/:]+:443(/|$))" (toString $value)) }}
{{- $found = append $found $name }}
{{- end }}
{{- end }}
{{- end }}
{{- if ne (toString .Values.settings.OTEL_SDK_DISABLED | lower) "true" }}{{ with $found }}{{ first . }}{{ end }}{{ end }}
{{- end }}

{{/* A quantity of Kubernetes in mebibytes: 512Mi, 1G, 536870912. Empty for a form that is not known here. */}}
{{- define "ivs-graphql.mebibytes" -}}
{{- $text := kindIs "string" . | ternary . (int64 . | toString) }}
{{- $units := dict "" 1.0 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 }}
{{- if regexMatch "^[0-9]+([.][0-9]+)?([kMGT]|[KMGT]i)?$" $text }}
{{- $unit := regexFind "[A-Za-z]*$" $text }}
{{- divf (mulf (float64 (trimSuffix $unit $text)) (get $units $unit)) 1048576.0 | floor | int64 }}
{{- end }}
{{- end }}

{{/* What the gateway itself cannot know, or would only say once the pods restart in a loop. */}}
{{- define "ivs-graphql.check" -}}
{{- $most := ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled | int }}
{{- with .Values.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas: expected at most autoscaling.maxReplicas (%d), got %d" (int .maxReplicas) (int .minReplicas)) }}
{{- end }}
{{- end }}
{{- with (.Values.resources.limits).memory }}
{{- $limit := include "ivs-graphql.mebibytes" . }}
{{- if and $limit (ge (int $.Values.heapMegabytes) (int $limit)) }}
{{- fail (printf "heapMegabytes: expected less than resources.limits.memory (%v), got %d; buffers, code and stacks need memory, too" . (int $.Values.heapMegabytes)) }}
{{- end }}
{{- end }}
{{- $isAws := eq (toString .Values.settings.IVS_BACKEND) "aws" }}
{{- if and $isAws (gt $most 1) (not (include "ivs-graphql.hasRedis" .)) }}
{{- fail (printf "secrets.REDIS_URL: expected a secret, since there can be %d replicas; without Redis each spends the whole call rate of the account" $most) }}
{{- end }}
{{- if and $isAws (not .Values.settings.AWS_REGION) }}
{{- fail "settings.AWS_REGION: expected a region such as us-west-2, since settings.IVS_BACKEND is aws" }}
{{- end }}
{{- if not .Values.settings.AUTH_MODE }}
{{- fail "settings.AUTH_MODE: expected jwt, or none, set explicitly, to serve without authentication" }}
{{- end }}
{{- range $name, $_ := .Values.secrets }}
{{- if get $.Values.settings $name }}
{{- fail (printf "settings.%s: expected instead of secrets.%s, got both" $name $name) }}
{{- end }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled (eq .Values.settings.AUTH_MODE "jwt") (not .Values.secrets.METRICS_TOKEN) }}
{{- fail "secrets.METRICS_TOKEN: expected a secret, since serviceMonitor is enabled and settings.AUTH_MODE is jwt" }}
{{- end }}
{{- if and .Values.networkPolicy.enabled (include "ivs-graphql.hasRedis" .) (not .Values.networkPolicy.redis.to) }}
{{- fail "networkPolicy.redis.to: expected where Redis is, since REDIS_URL is set" }}
{{- end }}
{{- $endpoint := include "ivs-graphql.collector" . }}
{{- if and .Values.networkPolicy.enabled $endpoint (not .Values.networkPolicy.collector.to) }}
{{- fail (printf "networkPolicy.collector.to: expected where the collector is, since settings.%s is set" $endpoint) }}
{{- end }}
{{- end }}
