/**
 * Why a recording or a destination fails, in AWS's words.
 * https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html
 */
export const outputErrors = {
  ResourceNotFoundException: 'S3 bucket not found. Please verify your bucket exists.',
  AccessDeniedException: 'Access denied to S3 bucket. Please verify your bucket policy.',
  ConflictException: 'Stream already exists',
  InternalServerException: 'Service internal error',
} as const;
export type OutputError = keyof typeof outputErrors;
