$ErrorActionPreference = 'Stop'

[array]$keys = Get-UninstallRegistryKey -SoftwareName '{{name}}'
if ($keys.Count -eq 0) {
  Write-Warning "$env:ChocolateyPackageName is not there any more."
  return
}
foreach ($key in $keys) {
  $package = @{
    packageName    = $env:ChocolateyPackageName
    fileType       = 'msi'
    # The name of its key is the product's code.
    silentArgs     = "$($key.PSChildName) /qn /norestart"
    file           = ''
    # Done; not there; done, with a restart that is asked for; done, with one that begins.
    validExitCodes = @(0, 1605, 1614, 3010, 1641)
  }
  Uninstall-ChocolateyPackage @package
}
