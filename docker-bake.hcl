# The image for both architectures, with labels, SBOM and provenance: see docs/how-to/deploy.md
#   VERSION=1.0.0 REVISION=$(git rev-parse HEAD) IMAGE=registry.example.com/ivs-graphql docker buildx bake --push

variable "IMAGE" {
  default = "ivs-graphql"
}
variable "VERSION" {
  default = ""
}
variable "REVISION" {
  default = ""
}
# With its digest for a release: docker buildx imagetools inspect node:24-slim
variable "BASE_IMAGE" {
  default = "node:24-slim"
}

group "default" {
  targets = ["image"]
}

target "image" {
  context    = "."
  dockerfile = "Dockerfile"
  tags       = VERSION == "" ? ["${IMAGE}:latest"] : ["${IMAGE}:${VERSION}"]
  platforms  = ["linux/amd64", "linux/arm64"]
  args = {
    BASE_IMAGE = BASE_IMAGE
    VERSION    = VERSION
    REVISION   = REVISION
  }
  # Kept beside the image in the registry. The image itself has the SBOM of its npm packages in /app/sbom.cdx.json
  attest = ["type=sbom", "type=provenance,mode=max"]
}
