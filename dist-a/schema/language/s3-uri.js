/** The URI that S3's own tools take; null while one of the parts is unknown, for which AWS also says `""`. */
export const s3Uri = (bucket, prefix) => bucket && prefix ? `s3://${bucket}/${prefix.replace(/^\//, '')}` : null;
