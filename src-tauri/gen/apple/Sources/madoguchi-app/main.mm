#import <Foundation/Foundation.h>

#include "bindings/bindings.h"

// Neither iCloud nor a computer's backup takes what this phone knows of a resident. The databases lie in the folder that
// Tauri calls app_data_dir (the identifier of tauri.conf.json); it is made and marked before anything is written into it,
// at every start, since a restored or moved folder may have lost the mark.
static void keepOutOfBackups(void) {
	NSError *error = nil;
	NSURL *support = [NSFileManager.defaultManager URLForDirectory:NSApplicationSupportDirectory
	                                                      inDomain:NSUserDomainMask
	                                             appropriateForURL:nil
	                                                        create:YES
	                                                         error:&error];
	NSURL *folder = [support URLByAppendingPathComponent:@"jp.madoguchi.app" isDirectory:YES];
	BOOL marked = folder != nil
		&& [NSFileManager.defaultManager createDirectoryAtURL:folder
		                          withIntermediateDirectories:YES
		                                           attributes:nil
		                                                error:&error]
		&& [folder setResourceValue:@YES forKey:NSURLIsExcludedFromBackupKey error:&error];
	if (!marked) {
		NSLog(@"madoguchi: the folder of the databases is not kept out of backups: %@", error);
	}
}

int main(int argc, char * argv[]) {
	@autoreleasepool {
		keepOutOfBackups();
	}
	ffi::start_app();
	return 0;
}
