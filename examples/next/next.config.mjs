export default { serverExternalPackages: ['ivs-graphql'] };
