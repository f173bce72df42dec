# What http_log.capnp imports, for a capnp tool without the Java plugin's files: the ids are the plugin's.
@0xc5f1af96651f70ea;

annotation package @0x9ee4c8f803b3b596 (file) : Text;
annotation outerClassname @0x9b066bb4881f7cd3 (file) : Text;
